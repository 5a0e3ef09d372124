namespace Cnn.Generator.Planning;

/// <summary>Chooses how a predictor computes each of its convolutions: as one sum, by Winograd's tiles where that is faster, or channel by channel.</summary>
/// <remarks>
/// By one estimate for all instruction sets, that of cores with two 512-bit multiply-adds a cycle; on any other the arithmetic that is saved weighs
/// more. Trainers always compute the direct sum, because gradients through the tiles lose digits.
/// </remarks>
internal static class ConvolutionAlgorithms
{
    /// <summary>Winograd's tiles must be faster by this factor.</summary>
    private const double WorthWhile = 1.1;

    /// <summary>Cycles for a tile's 16 channels to become points, and points to become outputs: twice the vectors that are stored, as measured.</summary>
    private const double CyclesToPoints = 140;

    /// <inheritdoc cref="CyclesToPoints"/>
    private const double CyclesToOutputs = 90;

    /// <summary>Floats of weights that stay in the second-level cache.</summary>
    private const int SecondLevelFloats = 160 * 1024;

    /// <summary>Floats of weights that stay in the third-level cache beside those of other layers.</summary>
    private const int ThirdLevelFloats = 4 * 1024 * 1024;

    /// <summary>Floats a cycle from the third-level cache.</summary>
    private const double ThirdLevelRate = 4;

    /// <summary>Floats a cycle from memory.</summary>
    private const double MemoryRate = 2;

    /// <summary>Multiply-adds a cycle.</summary>
    private const double Lanes = 16;

    /// <summary>Outputs of one input that fill a vector by themselves.</summary>
    private const int MostRepetitions = 8;

    public static NodeGraph ForPrediction(NodeGraph graph) =>
        new([.. graph.Nodes.Select(static node => node is ConvNode conv
            ? conv with { Winograd = Choose(conv), RepeatsInput = Repeats(conv.Geometry) }
            : node)], graph.Inputs, graph.Outputs);

    /// <summary>
    /// A group of one input and a few outputs fills a part of a vector, and reads its inputs one at a time; with each input as often as it has outputs, it
    /// is a depthwise convolution.
    /// </summary>
    private static bool Repeats(ConvolutionGeometry conv) =>
        conv.Groups > 1 && conv.Groups == conv.Input.Channels && conv.Output.Channels / conv.Groups is > 1 and <= MostRepetitions;

    private static WinogradTiling? Choose(ConvNode node)
    {
        // A predictor's weights must be those of the layer alone: norms before it would need the untransformed kernel.
        if (node.NormsBefore.Length > 0 || WinogradTiling.Of(node.Geometry) is not { } tiling)
            return null;
        ConvolutionGeometry conv = node.Geometry;
        PlacedContraction direct = ConvolutionContractions.Forward(conv, TensorLayout.Plain(conv.Input), TensorLayout.Plain(conv.Output),
            node.Epilogue, splits: false);
        double sums = Math.Max(Cycles(direct.Kernel), Streaming(conv.Weight));
        double products = Math.Max(tiling.Strips * tiling.Groups * Cycles(tiling.Products(conv)), Streaming(WinogradTiling.Weight(conv)));
        double transforms = tiling.Strip * tiling.Strips
            * ((LaneBlocks.Lanes(conv.Input.Channels) * CyclesToPoints) + (LaneBlocks.Lanes(conv.Output.Channels) * CyclesToOutputs)) / Lanes;
        return WorthWhile * (products + transforms) < sums ? tiling : null;
    }

    /// <summary>Cycles in which the weights come from where they are kept.</summary>
    private static double Streaming(WeightLayout weight) => weight.Size switch
    {
        <= SecondLevelFloats => 0,
        <= ThirdLevelFloats => weight.Size / ThirdLevelRate,
        _ => weight.Size / MemoryRate,
    };

    private static double Cycles(Contraction kernel) => kernel.Sections.Sum(section =>
        KernelText.Widest(kernel, section).Cycles * section.Blocks * Math.Max(1, section.Width / Lanes));
}
