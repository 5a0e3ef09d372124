namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>Pools with a window, and those over the whole map.</summary>
internal static class PoolOperators
{
    public static void Register()
    {
        OperatorTable.Add("MaxPool", node => Pool(node, "MaxPool"));
        OperatorTable.Add("AveragePool", node => Pool(node, "AvgPool"));
        OperatorTable.Add("GlobalAveragePool", node => Global(node, "GlobalAvgPool"));
        OperatorTable.Add("GlobalMaxPool", node => Global(node, "GlobalMaxPool"));
    }

    private static OnnxValue Pool(OperatorNode node, string kind)
    {
        if (node.HasOutput(1))
            throw new NotExpressibleException("its second output, the indices, is used");
        node.Ignore("storage_order");
        FeatureValue x = node.Feature(0);
        Layer input = Views.Natural(x);
        Window window = WindowAttributes.Read(node, input.Shape[1..], kernel: null);
        bool ceil = node.Integer("ceil_mode", 0) != 0;
        bool isAverage = kind == "AvgPool";
        bool countsPadding = isAverage && node.Integer("count_include_pad", 0) != 0;
        bool isWhole = !window.HasPadding && window.Kernel.AsSpan().SequenceEqual(input.Shape.AsSpan(1)) && window.Dilation.All(dilation => dilation == 1);
        if (isWhole && input.Length > input.Channels)
            return OperatorTable.Result(OverAll(input, isAverage ? "GlobalAvgPool" : "GlobalMaxPool", node.Source), x);
        if (isAverage && window.HasPadding && !countsPadding && !HalfFits(window))
            throw new NotExpressibleException("its padding is more than half of its kernel and does not count in the average; a pool pads at most half of its kernel");
        if (window.HasPadding && !HalfFits(window))
        {
            // The same as padding first: with what never wins, or with zeros that count.
            input = PaddedBy(input, window, isAverage ? 0 : double.NegativeInfinity, node.Source);
            window = window with { Begin = new int[input.Rank], End = new int[input.Rank] };
        }

        Layer layer = new(kind, [input.Channels, .. window.Outputs(input.Shape[1..], ceil)], node.Source)
        {
            Inputs = [input],
            Arguments = [.. window.KernelArguments()],
            Options = [.. window.Options(strideIsKernel: true)],
            IsShapeFixed = true,
        };
        if (ceil && !window.Outputs(input.Shape[1..], ceil: false).AsSpan().SequenceEqual(layer.Shape.AsSpan(1)))
            layer.Options.Add(("CeilMode", "true"));
        if (isAverage && window.HasPadding && !countsPadding)
            layer.Options.Add(("CountIncludePad", "false"));
        return OperatorTable.Result(layer, x);
    }

    private static bool HalfFits(Window window) =>
        window.Kernel.Select((kernel, axis) => Math.Max(window.Begin[axis], window.End[axis]) <= kernel / 2).All(fits => fits);

    private static Layer PaddedBy(Layer input, Window window, double value, string source) =>
        ResizeOperators.Padded(input, [.. window.Begin, .. window.End], "Zero", value, source);

    private static OnnxValue Global(OperatorNode node, string kind)
    {
        FeatureValue x = node.Feature(0);
        Layer input = Views.Natural(x);
        if (input.Rank == 0)
            throw new NotExpressibleException("its input has no axes behind the channels");
        return OperatorTable.Result(OverAll(input, kind, node.Source), x);
    }

    public static Layer OverAll(Layer input, string kind, string source) =>
        new(kind, [input.Channels, .. WindowAttributes.Repeated(1, input.Rank)], source) { Inputs = [input], IsShapeFixed = true };
}
