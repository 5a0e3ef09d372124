using Cnn.Onnx.Tests.Support;
using Cnn.Tool.Importing;
using Google.Protobuf;
using Onnx;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Onnx.Tests.Importing;

/// <summary>Forms of operators that the models with known answers do not have: other opsets, attributes and inputs. Each is computed here by hand.</summary>
public sealed class OperatorFormTests
{
    private const float Tolerance = 1e-5f;

    /// <summary>1 x 2 x 2 x 2: the numbers -3 to 4.</summary>
    private static readonly float[] Input = [-3, -2, -1, 0, 1, 2, 3, 4];

    private static readonly (string Name, ModelProto Model, float[] Expected)[] Cases =
    [
        ("ClipOfAttributes", Small(6, Node("Clip", ["x"], "y", Real("min", -1), Real("max", 2.5f))), [-1, -1, -1, 0, 1, 2, 2.5f, 2.5f]),
        ("ClipOfInputs", Small(13, Node("Clip", ["x", "", "c0"], "y"), Floats("c0", [], 1.5f)), [-3, -2, -1, 0, 1, 1.5f, 1.5f, 1.5f]),
        ("PositionsInARowAndThenTheChannels", Small(13,
            [Node("Relu", ["x"], "r"), Node("Reshape", ["r", "c0"], "f"), Node("Transpose", ["f"], "y", Integers("perm", 0, 2, 1))],
            Longs("c0", 1, 2, -1)), [0, 1, 0, 2, 0, 3, 0, 4]),
        ("ChannelsLastAtBothEnds", Small(13,
            [
                Node("Reshape", ["x", "c0"], "t"), Node("Relu", ["t"], "r"), Node("Transpose", ["r"], "y", Integers("perm", 0, 2, 3, 1)),
            ],
            Longs("c0", 1, 2, 2, 2)), [0, 1, 0, 2, 0, 3, 0, 4]),
        ("ClipOfCrossedLimits", Small(13, Node("Clip", ["x", "c0", "c1"], "y"), Floats("c0", [], 2), Floats("c1", [], -0.5f)), [-0.5f, -0.5f, -0.5f,
            -0.5f, -0.5f, -0.5f, -0.5f, -0.5f]),
        ("LeakyOfANegativeSlope", Small(13, Node("LeakyRelu", ["x"], "y", Real("alpha", -0.5f))), [1.5f, 1, 0.5f, 0, 1, 2, 3, 4]),
        ("MaximumBehindInfinitePads", Small(13,
            [Node("Pad", ["x", "c0", "c1"], "p"), Node("MaxPool", ["p"], "y", Integers("kernel_shape", 3, 3), Integers("strides", 2, 2))],
            Longs("c0", 0, 0, 1, 1, 0, 0, 1, 1), Floats("c1", [], float.NegativeInfinity)), [0, 4]),
        ("MaximumBehindWideInfinitePads", Small(13,
            [Node("Pad", ["x", "c0", "c1"], "p"), Node("MaxPool", ["p"], "y", Integers("kernel_shape", 1, 3), Integers("pads", 0, 1, 0, 0))],
            Longs("c0", 0, 0, 0, 1, 0, 0, 0, 1), Floats("c1", [], float.NegativeInfinity)), [-3, -2, -2, -1, 0, 0, 1, 2, 2, 3, 4, 4]),
        ("MaximumOfPadsBeyondHalf", Small(13, Node("MaxPool", ["x"], "y", Integers("kernel_shape", 2, 3), Integers("pads", 0, 2, 1, 2))), [-1, 0, 0, 0, -1, 0,
            0, 0, 3, 4, 4, 4, 3, 4, 4, 4]),
        ("MaximumWithUnreadIndices", Small(13,
            [With(Node("MaxPool", ["x"], "a", Integers("kernel_shape", 2, 2)), "indices"), Node("Relu", ["a"], "y")]), [0, 4]),
        ("DropoutWithAnUnreadMask", Small(10, With(Node("Dropout", ["x"], "y"), "mask")), Input),
        ("LayerNormWithUnreadStatistics", Small(17,
            With(Node("LayerNormalization", ["x", "c0"], "y", Integer("axis", 1), Real("epsilon", 0.75f)), "mean", "deviation"),
            Floats("c0", [2, 2, 2], 2, 2, 2, 2, 2, 2, 2, 2)), [.. Input.Select(value => (value - 0.5f) / MathF.Sqrt(5.25f + 0.75f) * 2)]),
        ("MaximumWithANumber", Small(13, Node("Max", ["x", "c0"], "y"), Floats("c0", [], 0.5f)), [0.5f, 0.5f, 0.5f, 0.5f, 1, 2, 3, 4]),
        ("AddOfAnAxis", Small(6, Node("Add", ["x", "c0"], "y", Integer("axis", 1), Integer("broadcast", 1)),
            Floats("c0", [2], 10, 20)), [7, 8, 9, 10, 21, 22, 23, 24]),
        ("SubtractFromANumber", Small(14, Node("Sub", ["c0", "x"], "y"), Floats("c0", [1], 1)), [4, 3, 2, 1, 0, -1, -2, -3]),
        ("DivideEachChannel", Small(14, Node("Div", ["x", "c0"], "y"), Floats("c0", [2, 1, 1], 2, -4)), [-1.5f, -1, -0.5f, 0, -0.25f, -0.5f, -0.75f, -1]),
        ("SumOfOne", Small(13, Node("Sum", ["x"], "y")), Input),
        ("SumOfThree", Small(13, Node("Sum", ["x", "x", "x"], "y")), [-9, -6, -3, 0, 3, 6, 9, 12]),
        ("ConstantDividedByTheTensor", Small(13, Node("Div", ["c0", "x"], "y"), Floats("c0", [], 3)), [.. Input.Select(value => 3 / value)]),
        ("ReciprocalOfTheTensor", Small(13, Node("Reciprocal", ["x"], "y")), [.. Input.Select(value => 1 / value)]),
        ("SumWithPositions", Small(13, Node("Add", ["x", "c0"], "y"), Floats("c0", [2, 2], 1, 2, 3, 4)),
            [.. Input.Select((value, index) => value + (index % 4) + 1)]),
        ("PositionsLessTheTensor", Small(13, Node("Sub", ["c0", "x"], "y"), Floats("c0", [1, 1, 2, 2], 1, 2, 3, 4)),
            [.. Input.Select((value, index) => (index % 4) + 1 - value)]),
        ("QuotientByElements", Small(13, Node("Div", ["x", "c0"], "y"), Floats("c0", [2, 2, 2], 1, 2, 4, 8, 0.5f, 0.25f, 16, 32)),
            [.. Input.Zip((float[])[1, 2, 4, 8, 0.5f, 0.25f, 16, 32], (value, by) => value / by)]),
        ("DifferenceOfTensors", Small(13, [Node("Exp", ["x"], "e"), Node("Sub", ["x", "e"], "y")]), [.. Input.Select(value => value - MathF.Exp(value))]),
        ("LargerOfTensors", Small(13, [Node("Neg", ["x"], "n"), Node("Max", ["x", "n"], "y")]), [.. Input.Select(MathF.Abs)]),
        ("SmallerOfThree", Small(13, [Node("Neg", ["x"], "n"), Node("Exp", ["x"], "e"), Node("Min", ["x", "n", "e"], "y")]),
            [.. Input.Select(value => -MathF.Abs(value))]),
        ("LimitFirst", Small(13, Node("Max", ["c0", "x"], "y"), Floats("c0", [1], 0.25f)), [.. Input.Select(value => MathF.Max(value, 0.25f))]),
        ("Logarithm", Small(13, [Node("Exp", ["x"], "e"), Node("Log", ["e"], "y")]), Input),
        ("PowerOfFour", Small(13, Node("Pow", ["x", "c0"], "y"), Floats("c0", [], 4)), [.. Input.Select(value => value * value * value * value)]),
        ("SumOfChannels", Small(13, Node("ReduceSum", ["x", "c0"], "y"), Longs("c0", 1)), [-3 + 1, -2 + 2, -1 + 3, 0 + 4]),
        ("NormOfEverything", Small(18, Node("ReduceL2", ["x", "c0"], "y", Integer("keepdims", 0)), Longs("c0", 1, 2, 3)),
            [MathF.Sqrt(Input.Sum(value => value * value))]),
        ("SmallestOfRows", Small(18, Node("ReduceMin", ["x", "c0"], "y", Integer("keepdims", 0)), Longs("c0", 2)), [Input[0], Input[1], Input[4], Input[5]]),
        ("UnitVectors", Small(13, Node("LpNormalization", ["x"], "y", Integer("axis", 3))),
            [.. Input.Select((value, index) => value / MathF.Sqrt((Input[index & ~1] * Input[index & ~1]) + (Input[index | 1] * Input[index | 1])))]),
        ("MeanOfPositions", Small(13, Node("ReduceMean", ["x"], "y", Integers("axes", 2, 3))), [-1.5f, 2.5f]),
        ("MeanOfPositionsByInput", Small(18, Node("ReduceMean", ["x", "c0"], "y", Integer("keepdims", 0)), Longs("c0", -1, -2)), [-1.5f, 2.5f]),
        ("MeanOfRows", Small(13, Node("ReduceMean", ["x"], "y", Integers("axes", 3))), [-2.5f, -0.5f, 1.5f, 3.5f]),
        ("MaximumOfColumns", Small(13, Node("ReduceMax", ["x"], "y", Integers("axes", 2))), [-1, 0, 3, 4]),
        ("SoftmaxOfFlat", Small(11, [Node("Flatten", ["x"], "f"), Node("Softmax", ["f"], "y")]), Softmax(Input)),
        ("SoftmaxOfLastAxis", Small(13, [Node("Flatten", ["x"], "f"), Node("Softmax", ["f"], "y", Integer("axis", -1))]), Softmax(Input)),
        ("ReshapeThatKeepsTheBatch", Small(13, [Node("Reshape", ["x", "c0"], "r"), Node("Relu", ["r"], "y")], Longs("c0", 0, -1)), [0, 0, 0, 0, 1, 2, 3, 4]),
        ("MoreAxesThanANetworkHas", Small(13, [Node("Unsqueeze", ["x", "c0"], "u"), Node("Relu", ["u"], "y")], Longs("c0", 1, 2)), [0, 0, 0, 0, 1, 2, 3, 4]),
        ("MoreAxesAtTheEnd", Small(13, [Node("Relu", ["x"], "a"), Node("Unsqueeze", ["a", "c0"], "y")], Longs("c0", 1, 2)), [0, 0, 0, 0, 1, 2, 3, 4]),
        ("MoreAxesOfTheInput", Small(13, Node("Unsqueeze", ["x", "c0"], "y"), Longs("c0", 1, 2)), Input),
        ("AverageWhosePaddingIsAllThatRoundingReaches", Small(13,
            Node("AveragePool", ["x"], "y", Integers("kernel_shape", 1, 3), Integers("strides", 1, 3), Integers("pads", 0, 1, 0, 2))), [-2.5f, -0.5f, 1.5f,
                3.5f]),
        ("SqueezeByInput", Small(13, [Node("GlobalAveragePool", ["x"], "g"), Node("Squeeze", ["g", "c0"], "s"), Node("Neg", ["s"], "n"),
            Node("Relu", ["n"], "y")], Longs("c0", 2, 3)), [1.5f, 0]),
        ("SqueezeByAttribute", Small(11,
            [Node("GlobalMaxPool", ["x"], "g"), Node("Squeeze", ["g"], "s", Integers("axes", 2, 3)), Node("Relu", ["s"], "y")]), [0, 4]),
        ("GemmOfAllAttributes", Small(13,
            [Node("Flatten", ["x"], "f"), Node("Gemm", ["f", "c0", "c1"], "y", Real("alpha", 0.5f), Real("beta", 2), Integer("transB", 1))],
            Floats("c0", [2, 8], [1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 2]), Floats("c1", [2], 3, -1)), [8, 0.5f]),
        ("MatMulWithAConstant", Small(13, [Node("Flatten", ["x"], "f"), Node("MatMul", ["f", "c0"], "y")], Floats("c0", [8, 1], 1, 0, 0, 0, 0, 0, 0, 1)), [1]),
        ("PaddedChannels", Small(13, Node("Pad", ["x", "c0", "c1"], "y"), Longs("c0", 0, 1, 0, 0, 0, 0, 0, 0), Floats("c1", [], 9)),
            [9, 9, 9, 9, .. Input]),
        ("CroppedRows", Small(13, Node("Pad", ["x", "c0"], "y"), Longs("c0", 0, 0, -1, 0, 0, 0, 0, 1)), [-1, 0, 0, 3, 4, 0]),
        ("MovedAxes", Small(13, Node("Transpose", ["x"], "y", Integers("perm", 0, 3, 1, 2))), [-3, -1, 1, 3, -2, 0, 2, 4]),
        ("JoinedRows", Small(13, Node("Concat", ["x", "x"], "y", Integer("axis", 2))), [-3, -2, -1, 0, -3, -2, -1, 0, 1, 2, 3, 4, 1, 2, 3, 4]),
        ("SoftmaxOfPositions", Small(13, Node("Softmax", ["x"], "y")),
            [.. Enumerable.Range(0, 4).SelectMany(pair => Softmax(Input[(2 * pair)..(2 * pair + 2)]))]),
        ("ConvOfAsymmetricPads", Small(11, Node("Conv", ["x", "c0"], "y", Integers("pads", 1, 0, 0, 1)),
            Floats("c0", [1, 2, 2, 2], [1, 0, 0, 0, 0, 0, 0, 1])), [2, 0, 1, -2]),
        ("ConvOfSameLower", Small(11, Node("Conv", ["x", "c0"], "y", Text("auto_pad", "SAME_LOWER")),
            Floats("c0", [1, 2, 1, 2], [1, 10, 0, 0])), [-30, -23, -10, -1]),
        ("TransposedConvOfSameUpper", Small(11, Node("ConvTranspose", ["x", "c0"], "y", Text("auto_pad", "SAME_UPPER"), Integers("strides", 1, 1)),
            Floats("c0", [2, 1, 1, 2], [1, 0, 0, 1])), [-3, -1, -1, 3]),
        ("PadsByInput", Small(13, Node("Pad", ["x", "c0", "c1"], "y"), Longs("c0", 0, 0, 0, 1, 0, 0, 0, 0), Floats("c1", [], 9)), [9, -3,
            -2, 9, -1, 0, 9, 1, 2, 9, 3, 4]),
        ("PadsOfListedAxes", Small(18, Node("Pad", ["x", "c0", "", "c1"], "y", Text("mode", "edge")), Longs("c0", 1, 0), Longs("c1", -1)), [-3, -3, -2,
            -1, -1, 0, 1, 1, 2, 3, 3, 4]),
        ("UpsampleByAttribute", Small(7, Node("Upsample", ["x"], "y", new AttributeProto { Name = "scales", Floats = { 1, 1, 1, 2 } })), [-3, -3, -2, -2, -1,
            -1, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4]),
        ("ResizeByListedAxes", Small(18, Node("Resize", ["x", "", "c0"], "y", Integers("axes", 3, 2), Text("coordinate_transformation_mode", "asymmetric"),
            Text("nearest_mode", "floor")), Floats("c0", [2], 2, 1)), [-3, -3, -2, -2, -1, -1, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4]),
        ("ResizeBySizes", Small(13, Node("Resize", ["x", "", "", "c0"], "y"), Longs("c0", 1, 2, 2, 4)), [-3, -3, -2, -2, -1, -1, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4]),
        ("BatchNormOfOpset6", Small(6, Node("BatchNormalization", ["x", "c0", "c1", "c2", "c3"], "y", Integer("is_test", 1), Real("epsilon", 1e-9f)),
            Floats("c0", [2], 2, 1), Floats("c1", [2], 1, 0), Floats("c2", [2], -1, 1), Floats("c3", [2], 4, 1)), [-1, 0, 1, 2, 0, 1, 2, 3]),
        ("PReLUOfChannels", Small(7, Node("PRelu", ["x", "c0"], "y"), Floats("c0", [2, 1, 1], 0.5f, 3)), [-1.5f, -1, -0.5f, 0, 1, 2, 3, 4]),
        ("DropoutOfInputs", Small(13, Node("Dropout", ["x", "c0", "c1"], "y"), Floats("c0", [], 0.5f), new TensorProto
        {
            Name = "c1",
            DataType = (int)TensorProto.Types.DataType.Bool,
            Int32Data = { 0 },
        }), Input),
        ("SplitAndJoined", Small(13, [Split("x", "a", "b"), Node("Concat", ["b", "a"], "y", Integer("axis", -3))]), [1, 2, 3, 4, -3, -2, -1, 0]),
        ("ChannelsBySlice", Small(10, Node("Slice", ["x", "c0", "c1", "c2"], "y"), Longs("c0", -1), Longs("c1", long.MaxValue), Longs("c2", 1)), [1, 2, 3, 4]),
        ("ChannelsByGather", Small(13, Node("Gather", ["x", "c0"], "y", Integer("axis", 1)), Longs("c0", 1, 0, 1)), [1, 2, 3, 4, -3, -2, -1, 0, 1, 2, 3, 4]),
        ("ShuffledChannels", Shuffle(), [-3, 1, -2, 2, -1, 3, 0, 4]),
        ("GatedFeatures", Small(13, [Node("Flatten", ["x"], "f"), Split("f", "a", "b"), Node("Mul", ["a", "b"], "y")]), [-3, -4, -3, 0]),
        ("DepthToSpaceByColumns", Deep(13, Node("DepthToSpace", ["x"], "y", Integer("blocksize", 2), Text("mode", "CRD"))), [-3, -2, -1, 0, 1, 2, 3, 4]),
        ("DepthToSpaceByDepth", Deep(9, Node("DepthToSpace", ["x"], "y", Integer("blocksize", 2))), [-3, -1, 1, 3, -2, 0, 2, 4]),
        ("SpaceToDepth", Small(13, Node("SpaceToDepth", ["x"], "y", Integer("blocksize", 2))), [-3, 1, -2, 2, -1, 3, 0, 4]),
        ("PixelShuffle", PixelShuffle(), [-3, -2, -1, 0, 1, 2, 3, 4]),
        ("SoftsignOfAFunction", Small(18,
            [Node("CastLike", ["c0", "x"], "one"), Node("Abs", ["x"], "a"), Node("Add", ["one", "a"], "s"), Node("Div", ["x", "s"], "y")], Floats("c0", [], 1)),
            [.. Input.Select(value => value / (1 + Math.Abs(value)))]),
        ("Softmin", Small(13, [Node("Flatten", ["x"], "f"), Node("Neg", ["f"], "n"), Node("Softmax", ["n"], "y")]), Softmax(
            [.. Input.Select(value => -value)])),
        ("BatchFromTheShape", BatchFromShape(), [0, 0, 0, 0, 1, 2, 3, 4]),
    ];

    public static TheoryData<string> Names { get; } = [.. Cases.Select(model => model.Name)];

    private static readonly Lazy<Dictionary<string, INetwork>> Networks = new(() =>
    {
        IReadOnlyList<INetwork> compiled = Reimport.Compiled([.. Cases.Select(model => Import(model.Model.ToByteArray(), model.Name))]);
        return compiled.ToDictionary(network => network.GetType().Name);
    });

    public static TheoryData<string, byte[], string> Refusals { get; } = new()
    {
        { "batch norm with statistics",
            Bytes(Small(9, With(Node("BatchNormalization", ["x", "c0", "c0", "c0", "c0"], "y"), "mean", "variance"), Floats("c0", [2], 1, 1))),
            "by which opset 9 means training" },
        { "batch norm of opset 6",
            Bytes(Small(6, Node("BatchNormalization", ["x", "c0", "c0", "c0", "c0"], "y"), Floats("c0", [2], 1, 1))), "its is_test is 0" },
        { "dropout of opset 6", Bytes(Small(6, Node("Dropout", ["x"], "y"))), "its is_test is 0" },
        { "a mask that is read", Bytes(Small(10, [With(Node("Dropout", ["x"], "a"), "mask"), Node("Mul", ["a", "mask"], "y")])),
            "its output 1, 'mask', is read by the Mul that makes 'y'" },
        { "indices that are read",
            Bytes(Small(13, [With(Node("MaxPool", ["x"], "a", Integers("kernel_shape", 1, 1)), "indices"), Node("Add", ["a", "indices"], "y")])),
            "its output 1, 'indices', is read" },
        { "a mean as the output",
            Bytes(Small(17, With(Node("LayerNormalization", ["x", "c0"], "a", Integer("axis", 1)), "y"), Floats("c0", [2, 2, 2], new float[8]))),
            "its output 1, 'y', is the model's output" },
        { "a padding that reflects too much", Bytes(Small(13, Node("Pad", ["x", "c0"], "y", Text("mode", "reflect")), Longs("c0", 0, 0, 0, 2, 0, 0, 0, 0))),
            "the Pad that makes 'y': no layer can be so: CNN" },
        { "more output than a window reaches",
            Bytes(Small(13, Node("ConvTranspose", ["x", "c0"], "y", Integers("output_padding", 1, 1)), Floats("c0", [2, 1, 1, 1], 1, 1))),
            "the ConvTranspose that makes 'y': no layer can be so: CNN0014" },
        { "an exponential of infinity", Bytes(Small(13, Node("Elu", ["x"], "y", Real("alpha", float.PositiveInfinity)))),
            "the Elu that makes 'y': no layer can be so: CNN0014" },
        { "infinite pads that are no maximum's",
            Bytes(Small(13, [Node("Pad", ["x", "c0", "c1"], "p"), Node("Relu", ["p"], "y")], Longs("c0", 0, 0, 1, 1, 0, 0, 1, 1),
                Floats("c1", [], float.NegativeInfinity))), "it pads with minus infinity" },
        { "a window of padding alone",
            Bytes(Small(13, Node("MaxPool", ["x"], "y", Integers("kernel_shape", 1, 2), Integers("pads", 0, 2, 0, 2)))), "sees nothing but padding" },
        { "two numbers to pad with",
            Bytes(Small(13, Node("Pad", ["x", "c0", "c1"], "y"), Longs("c0", 0, 0, 1, 1, 0, 0, 1, 1), Floats("c1", [2], 1, 2))), "its value has 2 elements" },
        { "a limit that is not a number", Bytes(Small(13, Node("Clip", ["x", "c0"], "y"), Floats("c0", [], float.NaN))), "not a number" },
        { "an index beyond 32 bits", Bytes(Small(13, Node("Gather", ["x", "c0"], "y", Integer("axis", 1)), Longs("c0", 1L << 32))),
            "its index 4294967296 is outside the 2 elements" },
        { "an axis beyond 32 bits", Bytes(Small(13, Node("Flatten", ["x"], "y", Integer("axis", (1L << 32) + 1)))), "its axis is 4294967297" },
        { "a number of another type", Bytes(Small(13, Node("LeakyRelu", ["x"], "y", Integer("alpha", 1)))), "its alpha is of type int, and float is needed" },
        { "a pool whose padding follows from dilations",
            Bytes(Small(19, Node("AveragePool", ["x"], "y", Integers("kernel_shape", 2, 2), Integers("dilations", 2, 2), Text("auto_pad", "SAME_UPPER")))),
            "runtimes disagree" },
        { "a transposed convolution whose padding would be negative",
            Bytes(Small(13, Node("ConvTranspose", ["x", "c0"], "y", Integers("strides", 2, 2), Text("auto_pad", "SAME_UPPER")),
                Floats("c0", [2, 1, 1, 1], 1, 1))), "runtimes disagree" },
        { "a division by 0", Bytes(Small(13, Node("Div", ["x", "c0"], "y"), Floats("c0", [2, 1, 1], 1, 0))), "divides by 0" },
        { "a limit that is no number", Bytes(Small(13, Node("Clip", ["x", "c0"], "y"), Floats("c0", [2], 0, 1))), "lower limit has 2 elements" },
        { "a transposed first matrix",
            Bytes(Small(13, [Node("Flatten", ["x"], "f"), Node("Gemm", ["f", "c0"], "y", Integer("transA", 1))], Floats("c0", [8, 1], new float[8]))),
            "its matrix takes 8 features, and its input has 1" },
        { "a product with another tensor", Bytes(Small(13, [Node("Flatten", ["x"], "f"), Node("Sigmoid", ["f"], "g"), Node("MatMul", ["f", "g"], "y")])),
            "computed while the network runs" },
        { "wrapped padding", Bytes(Small(19, Node("Pad", ["x", "c0"], "y", Text("mode", "wrap")), Longs("c0", 0, 0, 1, 1, 0, 0, 1, 1))), "its mode is 'wrap'" },
        { "a cubic resize that leaves out what is outside",
            Bytes(Small(13, Node("Resize", ["x", "", "c0"], "y", Text("mode", "cubic"), Integer("exclude_outside", 1)), Floats("c0", [4], 1, 1, 2, 2))),
            "exclude_outside is set" },
        { "a smaller map that is smoothed",
            Bytes(Small(18, Node("Resize", ["x", "", "c0"], "y", Text("mode", "linear"), Integer("antialias", 1)), Floats("c0", [4], 1, 1, 0.5f, 0.5f))),
            "antialias is set" },
        { "channels that are resized", Bytes(Small(13, Node("Resize", ["x", "", "c0"], "y"), Floats("c0", [4], 1, 2, 1, 1))), "factors behind the channels" },
        { "a kept aspect ratio",
            Bytes(Small(18, Node("Resize", ["x", "", "", "c0"], "y", Text("keep_aspect_ratio_policy", "not_larger")), Longs("c0", 1, 2, 4, 6))),
            "stretch is needed" },
        { "dropout in training",
            Bytes(Small(13, Node("Dropout", ["x", "c0", "c1"], "y"), Floats("c0", [], 0.5f), new TensorProto
            {
                Name = "c1",
                DataType = (int)TensorProto.Types.DataType.Bool,
                Int32Data = { 1 },
            })), "training_mode is set" },
        { "batch norm in training",
            Bytes(Small(14, Node("BatchNormalization", ["x", "c0", "c0", "c0", "c0"], "y", Integer("training_mode", 1)), Floats("c0", [2], 1, 1))),
            "training_mode is 1" },
        { "no epsilon",
            Bytes(Small(14, Node("BatchNormalization", ["x", "c0", "c0", "c0", "c0"], "y", Real("epsilon", 0)), Floats("c0", [2], 1, 1))), "its epsilon is 0" },
        { "statistics of positions",
            Bytes(Small(7, Node("BatchNormalization", ["x", "c0", "c0", "c0", "c0"], "y", Integer("spatial", 0)), Floats("c0", [2], 1, 1))), "spatial is 0" },
        { "an even window of channels", Bytes(Small(13, Node("LRN", ["x"], "y", Integer("size", 2)))), "its size is 2" },
        { "a moved batch", Bytes(Small(13, [Node("Transpose", ["x"], "t", Integers("perm", 1, 0, 2, 3)), Node("GlobalMaxPool", ["t"], "y")])),
            "the batch of 1 is not the first axis" },
        { "more axes than a network has",
            Bytes(Small(13, [Node("Unsqueeze", ["x", "c0"], "u"), Node("Relu", ["u"], "r"), Node("GlobalMaxPool", ["r"], "y")], Longs("c0", 1, 2))),
            "- the Unsqueeze that makes 'u': it makes [1, 1, 1, 2, 2, 2]" },
        { "pixels of too few channels", Bytes(Small(13, Node("DepthToSpace", ["x"], "y", Integer("blocksize", 2)))), "does not divide the 2 channels" },
        { "one number of each image", Bytes(Small(13, Node("Einsum", ["x"], "y", Text("equation", "abcd->abcd")))), "no layer does this" },
        { "another domain", Bytes(Small(13, new NodeProto { OpType = "Wobble", Domain = "com.example", Input = { "x" }, Output = { "y" } })),
            "operators of 'com.example'" },
        { "an unknown attribute", Bytes(Small(13, Node("Relu", ["x"], "y", Real("ceiling", 2)))), "attributes that are not known: ceiling" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Another_form_of_an_operator_gives_what_it_should(string name)
    {
        float[] expected = Cases.Single(model => model.Name == name).Expected;
        INetwork network = Networks.Value[name];
        float[] outputs = new float[network.OutputLength];
        using IPredictor predictor = network.CreatePredictor();
        predictor.Predict(Input, outputs);
        Assert.Equal(expected.Length, outputs.Length);
        Assert.All(expected.Zip(outputs), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_form_that_no_layer_has_is_refused_with_its_reason(string form, byte[] model, string reason)
    {
        string message = Assert.Throws<ImportException>(() => Import(model)).Message;
        Assert.True(message.Contains(reason, StringComparison.Ordinal), $"{form}: {message}");
    }

    private static ModelProto Small(int opset, NodeProto node, params TensorProto[] constants) => Small(opset, [node], constants);

    private static ModelProto Small(int opset, NodeProto[] nodes, params TensorProto[] constants)
    {
        ModelProto model = Model(opset, [1, 2, 2, 2], nodes);
        model.Graph.Initializer.Add(constants);
        return model;
    }

    private static NodeProto With(NodeProto node, params string[] outputs)
    {
        node.Output.Add(outputs);
        return node;
    }

    private static byte[] Bytes(ModelProto model) => model.ToByteArray();

    private static NodeProto Split(string input, string first, string second)
    {
        NodeProto node = Node("Split", [input], first, Integer("axis", 1));
        node.Output.Add(second);
        return node;
    }

    /// <summary>As ShuffleNet writes it, on the positions seen as channels.</summary>
    private static ModelProto Shuffle()
    {
        ModelProto model = Model(
            13, [1, 8, 1, 1], Node("Reshape", ["x", "split"], "a"), Node("Transpose", ["a"], "b", Integers("perm", 0, 2, 1, 3, 4)),
            Node("Reshape", ["b", "joined"], "y"));
        model.Graph.Initializer.Add([Longs("split", 1, 2, 4, 1, 1), Longs("joined", 1, 8, 1, 1)]);
        return model;
    }

    /// <summary>Eight channels of one position.</summary>
    private static ModelProto Deep(int opset, params NodeProto[] nodes) => Model(opset, [1, 8, 1, 1], nodes);

    /// <summary>As PyTorch writes it, from 8 channels of one position to 2 of 2 x 2.</summary>
    private static ModelProto PixelShuffle()
    {
        ModelProto model = Deep(
            11, Node("Reshape", ["x", "split"], "a"), Node("Transpose", ["a"], "b", Integers("perm", 0, 1, 4, 2, 5, 3)), Node("Reshape", ["b", "joined"], "y"));
        model.Graph.Initializer.Add([Longs("split", -1, 2, 2, 2, 1, 1), Longs("joined", -1, 2, 2, 2)]);
        return model;
    }

    /// <summary>As PyTorch writes <c>x.view(x.size(0), -1)</c>.</summary>
    private static ModelProto BatchFromShape() => Small(
        13,
        [
            Node("Shape", ["x"], "shape"), Node("Gather", ["shape", "zero"], "batch", Integer("axis", 0)), Node("Unsqueeze", ["batch", "axes"], "first"),
            Node("Concat", ["first", "rest"], "target", Integer("axis", 0)), Node("Reshape", ["x", "target"], "flat"), Node("Relu", ["flat"], "y"),
        ],
        new TensorProto { Name = "zero", DataType = (int)TensorProto.Types.DataType.Int64, Int64Data = { 0 } }, Longs("axes", 0), Longs("rest", -1));

    private static float[] Softmax(float[] values)
    {
        double sum = values.Sum(value => Math.Exp(value));
        return [.. values.Select(value => (float)(Math.Exp(value) / sum))];
    }
}
