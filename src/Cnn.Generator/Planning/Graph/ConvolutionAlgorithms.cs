namespace Cnn.Generator.Planning;

/// <summary>Chooses how each convolution is computed: as one sum, by Winograd's tiles where that is faster, or channel by channel.</summary>
/// <remarks>
/// By one estimate for all instruction sets, that of the <see cref="ReferenceCore"/>: the choice depends on the layer alone, and so do the bits.
/// </remarks>
internal static class ConvolutionAlgorithms
{
    /// <summary>A trainer's tiles have at least so many channels on both sides.</summary>
    private const int FewestTrainedChannels = 16;

    /// <summary>
    /// The same of a weight's gradient. With 16 and 3x3 kernels the median error was 3.2 times that of direct sums, on bytes of pixels.
    /// </summary>
    private static int FewestGradientChannels(WinogradForm form) => form.Outputs > 2 ? 32 : 16;

    /// <summary>Winograd's tiles must be faster by this factor.</summary>
    private const double WorthWhile = 1.1;

    /// <summary>Cycles for a tile's 16 channels to become points, and points to become outputs: twice the vectors that are stored, as measured.</summary>
    private const double CyclesToPoints = 140;

    /// <inheritdoc cref="CyclesToPoints"/>
    private static double CyclesToOutputs(WinogradForm form) => form.Outputs > 2 ? 90 : 55;

    /// <summary>Cycles for a tile's 16 channels to become points of a weight's gradient, all rows of them.</summary>
    private const double CyclesToGradientPoints = 180;

    /// <summary>Cycles to store those lanes of a vector that are the outputs of one group, as measured.</summary>
    private const double CyclesToStoreGroup = 8;

    public static NodeGraph ForPrediction(NodeGraph graph) =>
        new([.. graph.Nodes.Select(static node => node is ConvNode conv
            ? conv with { Winograd = Choose(conv), SpreadsInput = Spreads(conv.Geometry) }
            : node)], graph.Inputs, graph.Outputs);

    /// <summary>
    /// A group of few outputs fills a part of a vector, and reads its inputs one at a time; with the inputs spread, the outputs of several groups are in a
    /// vector.
    /// </summary>
    private static bool Spreads(ConvolutionGeometry conv)
    {
        if (conv.Groups == 1 || conv.IsDepthwise)
            return false;
        (double inputs, double outputs) = (conv.Input.Channels / conv.Groups, conv.Output.Channels / conv.Groups);
        (double read, double written) = (conv.Input.Positions, conv.Output.Positions);
        double apart = written * conv.Groups * ((conv.Taps * inputs * Math.Ceiling(outputs / ReferenceCore.Lanes)) + CyclesToStoreGroup);
        double vectors = Math.Ceiling(conv.Output.Channels / (double)ReferenceCore.Lanes);
        double moved = inputs > 1 ? read * conv.Input.Channels : 0;
        double together = moved + (written * conv.Taps * inputs * vectors);
        return together < apart;
    }

    private static WinogradTiling? Choose(ConvNode node)
    {
        // A predictor's weights must be those of the layer alone: norms before it would need the untransformed kernel.
        if (node.NormsBefore.Length > 0 || WinogradTiling.Of(node.Geometry) is not { } tiling)
            return null;
        ConvolutionGeometry conv = node.Geometry;
        (TensorLayout x, TensorLayout y) = (TensorLayout.Plain(conv.Input), TensorLayout.Plain(conv.Output));
        double direct = Cycles(ConvolutionContractions.Forward(conv, x, y, node.Epilogue, splits: false).Kernel);
        PlacedContraction split = ConvolutionContractions.Forward(conv, x, y, node.Epilogue);
        if (split.Last is { } last)
            direct = Math.Min(direct, Cycles(split.Kernel) + last.Cycles);
        double sums = Math.Max(direct, Streaming(conv.Weight));
        double products = Math.Max(tiling.Strips * tiling.Groups * Cycles(tiling.Products(conv)), Streaming(WinogradTiling.Weight(conv)));
        double transforms = tiling.Strip * tiling.Strips * OfTile(conv, CyclesToPoints, CyclesToOutputs(tiling.Form));
        return WorthWhile * (products + transforms) < sums ? tiling : null;
    }

    /// <summary>What of each convolution a trainer computes by tiles.</summary>
    public static NodeGraph ForTraining(NodeGraph graph) =>
        new([.. graph.Nodes.Select(static node => node is ConvNode conv ? conv with { Passes = PassesOf(conv) } : node)], graph.Inputs, graph.Outputs);

    private static WinogradPasses PassesOf(ConvNode node)
    {
        ConvolutionGeometry conv = node.Geometry;
        int channels = Math.Min(conv.Input.Channels, conv.Output.Channels);
        if (WinogradBatch.Of(conv) is not { } forward || channels < FewestTrainedChannels)
            return WinogradPasses.None;
        (TensorLayout x, TensorLayout y) = (TensorLayout.Plain(conv.Input), TensorLayout.Plain(conv.Output));
        double direct = Cycles(ConvolutionContractions.Forward(conv, x, y, node.Epilogue, splits: false).Kernel);
        double turned = ConvolutionContractions.InputGradient(conv, y, x, StartValue.Zero, Epilogue.None, splits: false)
            .Sum(static phase => Cycles(phase.Kernel));
        Contraction gradient = ConvolutionContractions.WeightGradient(conv, x, y, masksPadding: false).Kernel;
        double weight = Cycles(gradient) * gradient.Rows.Take(gradient.OuterRowAxes).Aggregate(1, static (product, axis) => product * axis.Count);
        WinogradBatch? backward = WinogradBatch.OfInputGradient(conv);
        return new WinogradPasses(
            WorthWhile * OfImage(forward) < direct ? forward : null,
            backward is not null && WorthWhile * OfImage(backward) < turned ? backward : null,
            channels >= FewestGradientChannels(forward.Form) && WorthWhile * OfGradient(forward) < weight ? forward : null);
    }

    /// <summary>Cycles of an image's tiles.</summary>
    private static double OfImage(WinogradBatch batch)
    {
        double products = Math.Max(Cycles(batch.Products), Streaming(batch.Weight) / batch.Strip);
        return batch.Tiles * (products + OfTile(batch.Convolution, CyclesToPoints, CyclesToOutputs(batch.Form)));
    }

    /// <summary>Cycles of an image's tiles in the weight's gradient.</summary>
    private static double OfGradient(WinogradBatch batch)
    {
        double products = Math.Max(batch.GradientUnits * Cycles(batch.GradientProducts) / TileChooser.UsualImages,
            2 * Streaming(batch.Weight) / batch.GradientStrip);
        return batch.Tiles * (products + OfTile(batch.Convolution, CyclesToGradientPoints, CyclesToGradientPoints));
    }

    /// <summary>Cycles of a tile's transforms, from those of 16 channels of the input and of the output.</summary>
    private static double OfTile(ConvolutionGeometry conv, double input, double output) =>
        ((LaneBlocks.Lanes(conv.Input.Channels) * input) + (LaneBlocks.Lanes(conv.Output.Channels) * output)) / ReferenceCore.Lanes;

    /// <summary>Cycles in which the weights come from where they are kept.</summary>
    private static double Streaming(WeightLayout weight)
    {
        if (weight.Size <= ReferenceCore.ResidentFloats)
            return 0;
        return weight.Size / (weight.Size <= ReferenceCore.ThirdLevelResidentFloats ? ReferenceCore.ThirdLevelRate : ReferenceCore.MemoryRate);
    }

    private static double Cycles(Contraction kernel) => kernel.Sections.Sum(section =>
        KernelText.Widest(kernel, section).Cycles * section.Blocks * Math.Max(1, section.Width / (double)ReferenceCore.Lanes));
}
