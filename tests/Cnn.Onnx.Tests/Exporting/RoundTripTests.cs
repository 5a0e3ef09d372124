using Cnn.Onnx.Tests.Support;

namespace Cnn.Onnx.Tests.Exporting;

/// <summary>Networks that are saved as ONNX models and imported again.</summary>
public sealed class RoundTripTests
{
    private const string Sources = """
        namespace Original;

        [Network, Input(1, 28, 28)]
        [Conv(6, 5, Padding = 2), ReLU, MaxPool(2), Conv(16, 5), ReLU, MaxPool(2)]
        [Flatten, Linear(120), ReLU, Linear(84), ReLU, Linear(10)]
        public sealed partial class LeNet;

        [Network, Input(3, 8, 8)]
        [Conv(8, 3, Padding = 1, Bias = false), BatchNorm, SiLU, AvgPool(2), Conv(16, 3, Groups = 4), GroupNorm(4), GELU]
        [GlobalAvgPool, Flatten, Dropout(0.5f), Linear(5), Softmax]
        public sealed partial class Normalized;

        [Network, Input(4, 8, 8)]
        [Conv(6, 3, Padding = 1, Name = "a"), LeakyReLU]
        [Conv(6, 1), Add("a")]
        [ConvTranspose(4, 2, Stride = 2), PReLU, Upsample(2), LocalResponseNorm(3), GlobalMaxPool, Flatten, Linear(3)]
        public sealed partial class Branched;
        """;

    [Fact]
    public void A_network_that_is_saved_and_imported_predicts_the_same_bits()
    {
        IReadOnlyList<INetwork> originals = Reimport.Originals(Sources);
        IReadOnlyList<INetwork> copies = Reimport.Compiled([.. originals.Select(Reimport.Of)]);
        Assert.Equal(3, originals.Count);
        foreach ((INetwork original, INetwork copy) in originals.Zip(copies))
            Assert.Equal(Reimport.Predict(original), Reimport.Predict(copy));
    }
}
