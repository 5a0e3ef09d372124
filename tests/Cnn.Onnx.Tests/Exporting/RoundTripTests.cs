using Cnn.Onnx.Tests.Support;
using Onnx;

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

        [Network, Input(4, 8, 8)]
        [Conv(6, 3, Padding = 1, Name = "a"), GlobalAvgPool(Name = "mean"), Softplus(Name = "positive")]
        [Conv(6, 1, From = "a"), Subtract("mean"), Maximum("a"), Divide("positive"), Minimum("mean"), Add("a")]
        [Scale(Bias = true, Over = ScaleOver.Positions), Exp, Log, Power(-1.5), L2Normalize, Scale(Over = ScaleOver.Elements)]
        [ReduceMean(1), Conv(6, 1), ReduceMax(2), ReduceSum(-2, KeepAxes = false), L2Normalize(Axis = 2), ReduceL2(1, 2, KeepAxes = false)]
        public sealed partial class Arithmetic;

        [Network, Input(4, 7, 6)]
        [Upsample(Size = [9, 5], Mode = UpsampleMode.Cubic), Upsample(2, Mode = UpsampleMode.Bilinear, AlignCorners = true)]
        [Upsample(Scales = [0.4, 0.75], Mode = UpsampleMode.Bilinear), Upsample(Size = [5, 9], Coordinates = UpsampleCoordinates.HalfPixel)]
        [Upsample(Size = [4, 4], Coordinates = UpsampleCoordinates.HalfPixel, Rounding = UpsampleRounding.HalfUp), Sqrt, Abs, ReduceMin(2)]
        public sealed partial class Resized;
        """;

    /// <summary>Output padding beyond the stride: with padding at the end to leave out, with too little of it, and with none; on some axes or all.</summary>
    private const string Transposed = """
        namespace Original;

        [Network, Input(2, 4, 4), ConvTranspose(3, 3, Stride = 2, Dilation = 3, OutputPadding = 2)]
        public sealed partial class Plain;

        [Network, Input(2, 4, 4), ConvTranspose(4, 2, Dilation = 4, OutputPadding = 3, Padding = 1, Groups = 2)]
        public sealed partial class Padded;

        [Network, Input(2, 4, 5), ConvTranspose(3, 2, Strides = [2, 3], Dilations = [4, 1], OutputPaddings = [3, 2], Paddings = [0, 1, 3, 0], Bias = false)]
        public sealed partial class Mixed;

        [Network, Input(2, 5), ConvTranspose(3, 1, Stride = 1, Dilation = 4, OutputPadding = 3)]
        public sealed partial class Line;
        """;

    /// <summary>
    /// Pools that round up: with windows dropped that would start in the padding, with windows beyond it, with padding that counts and that does not,
    /// with dilations.
    /// </summary>
    private const string RoundedUp = """
        namespace Original;

        [Network, Input(2, 1, 5, 5), AvgPool(3, 2, 4, Stride = 2, Padding = 1, CeilMode = true, CountIncludePad = false)]
        public sealed partial class Dropped;

        [Network, Input(2, 1, 5, 5), AvgPool(3, 2, 4, Stride = 2, Padding = 1, CeilMode = true)]
        public sealed partial class DroppedAndCounted;

        [Network, Input(2, 6, 7), AvgPool(3, 2, Stride = 3, Paddings = [1, 0, 0, 1], CeilMode = true)]
        public sealed partial class BeyondThePadding;

        [Network, Input(2, 7, 10), AvgPool(3, CeilMode = true)]
        public sealed partial class WithoutPadding;

        [Network, Input(2, 10), MaxPool(3, Padding = 1, Dilation = 2, CeilMode = true)]
        public sealed partial class Dilated;

        [Network, Input(2, 5, 10), MaxPool(3, 2, Stride = 3, Padding = 1, CeilMode = true)]
        public sealed partial class Maximum;
        """;

    /// <summary>ONNX Runtime refuses padding as long as the kernel, and counts windows that start in it.</summary>
    [Fact]
    public void A_pool_that_rounds_up_is_saved_without_that_with_padding_shorter_than_its_kernel_and_computes_the_same()
    {
        IReadOnlyList<INetwork> originals = Reimport.Originals(RoundedUp);
        Assert.Equal(6, originals.Count);
        foreach (INetwork original in originals)
        {
            using MemoryStream stream = new();
            original.SaveOnnx(stream);
            NodeProto node = Assert.Single(ModelProto.Parser.ParseFrom(stream.ToArray()).Graph.Node, node => node.OpType is "AveragePool" or "MaxPool");
            long[] Attribute(string name) => [.. node.Attribute.Single(attribute => attribute.Name == name).Ints];
            Assert.DoesNotContain(node.Attribute, attribute => attribute.Name == "ceil_mode");
            long[] kernel = Attribute("kernel_shape");
            Assert.All(Attribute("pads").Zip(kernel.Concat(kernel)), end => Assert.InRange(end.First, 0, end.Second - 1));
        }

        IReadOnlyList<INetwork> copies = Reimport.Compiled([.. originals.Select(Reimport.Of)]);
        foreach ((INetwork original, INetwork copy) in originals.Zip(copies))
            Assert.Equal(Reimport.Predict(original), Reimport.Predict(copy));
    }

    [Fact]
    public void A_transposed_convolution_is_saved_with_less_output_padding_than_stride_and_computes_the_same()
    {
        IReadOnlyList<INetwork> originals = Reimport.Originals(Transposed);
        Assert.Equal(4, originals.Count);
        foreach (INetwork original in originals)
        {
            using MemoryStream stream = new();
            original.SaveOnnx(stream);
            NodeProto node = Assert.Single(ModelProto.Parser.ParseFrom(stream.ToArray()).Graph.Node, node => node.OpType == "ConvTranspose");
            long[] Attribute(string name) => [.. node.Attribute.Single(attribute => attribute.Name == name).Ints];
            Assert.All(Attribute("output_padding").Zip(Attribute("strides")), axis => Assert.InRange(axis.First, 0, axis.Second - 1));
            Assert.All(Attribute("pads"), pad => Assert.InRange(pad, 0, long.MaxValue));
        }

        IReadOnlyList<INetwork> copies = Reimport.Compiled([.. originals.Select(Reimport.Of)]);
        foreach ((INetwork original, INetwork copy) in originals.Zip(copies))
            Assert.Equal(Reimport.Predict(original), Reimport.Predict(copy));
    }

    /// <summary>Networks whose last layers move no number, and those with axes of length 1.</summary>
    private const string Ends = """
        namespace Original;

        [Network, Input(4, 6, 6), Conv(6, 3), Reshape(2, 48)]
        public sealed partial class Reshaped;

        [Network, Input(4, 6, 6), Conv(6, 3), GlobalAvgPool, Flatten]
        public sealed partial class Squeezed;

        [Network, Input(4, 6, 6), Conv(6, 3), Flatten]
        public sealed partial class Flattened;

        [Network, Input(4, 6, 6), Conv(6, 3), Flatten, ReLU, Reshape(96, 1, 1)]
        public sealed partial class Unsqueezed;

        [Network, Input(4, 6, 6), Conv(6, 3), ReduceMean(2, KeepAxes = false), Output, Conv(2, 1), Reshape(8)]
        public sealed partial class Reduced;

        [Network, Input(6), Linear(8), Reshape(1, 8), L2Normalize]
        public sealed partial class Normalized;

        [Network, Input(6), Linear(8), Reshape(2, 1, 4), L2Normalize(Axis = 2)]
        public sealed partial class NormalizedAlongOne;
        """;

    [Fact]
    public void Outputs_keep_their_shapes_where_no_number_moves()
    {
        IReadOnlyList<INetwork> originals = Reimport.Originals(Ends);
        Assert.Equal(7, originals.Count);
        IReadOnlyList<INetwork> copies = Reimport.Compiled([.. originals.Select(Reimport.Of)]);
        foreach ((INetwork original, INetwork copy) in originals.Zip(copies))
        {
            Assert.Equal(original.Summary.Outputs.Select(static port => port.Shape), copy.Summary.Outputs.Select(static port => port.Shape));
            Assert.Equal(Reimport.Predict(original), Reimport.Predict(copy));
        }
    }

    [Fact]
    public void A_network_that_is_saved_and_imported_predicts_the_same_bits()
    {
        IReadOnlyList<INetwork> originals = Reimport.Originals(Sources);
        IReadOnlyList<INetwork> copies = Reimport.Compiled([.. originals.Select(Reimport.Of)]);
        Assert.Equal(5, originals.Count);
        foreach ((INetwork original, INetwork copy) in originals.Zip(copies))
            Assert.Equal(Reimport.Predict(original), Reimport.Predict(copy));
    }
}
