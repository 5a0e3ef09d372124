using Cnn.Tool.Compiling;
using Cnn.Tool.Importing;
using Cnn.Tool.Importing.Onnx;

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
        INetwork[] originals = [.. NetworkCompiler.Networks(NetworkCompiler.Compile([("Original.cs", Sources)])).Values.Select(type => NetworkCompiler.Create(type, null))];
        Import[] imports = [.. originals.Select(Reimport)];
        IReadOnlyDictionary<string, Type> types = NetworkCompiler.Networks(NetworkCompiler.Compile(imports.Select(import => (import.ClassName, import.Source))));
        Assert.Equal(3, originals.Length);
        foreach ((INetwork original, Import import) in originals.Zip(imports))
        {
            using MemoryStream weights = new();
            import.Weights.Write(weights);
            weights.Position = 0;
            Assert.Equal(Predict(original), Predict(NetworkCompiler.Create(types["Imported." + import.ClassName], weights)));
        }
    }

    private static Import Reimport(INetwork network)
    {
        using MemoryStream model = new();
        network.SaveOnnx(model);
        model.Position = 0;
        return Import.Onnx(OnnxModel.Read(model, null), null, network.GetType().Name, "Imported", "A test.");
    }

    private static int[] Predict(INetwork network)
    {
        float[] input = new float[network.InputLength];
        Random random = new(5);
        for (int index = 0; index < input.Length; index++)
            input[index] = (random.NextSingle() * 2) - 1;
        float[] output = new float[network.OutputLength];
        using IPredictor predictor = network.CreatePredictor(new PredictorOptions());
        predictor.Predict(input, output);
        Assert.Contains(output, value => value != 0);
        return [.. output.Select(BitConverter.SingleToInt32Bits)];
    }
}
