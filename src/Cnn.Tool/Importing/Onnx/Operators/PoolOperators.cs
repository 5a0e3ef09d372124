using Cnn.Tool.Importing.Onnx.Viewing;

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
        node.Ignore("storage_order");
        FeatureValue x = node.Feature(0);
        Layer input = Views.Natural(x);
        Window window = WindowAttributes.Read(node, input.Shape[1..], kernel: null);
        if (node.Text("auto_pad", "NOTSET") is "SAME_UPPER" or "SAME_LOWER" && window.Dilation.Any(dilation => dilation > 1))
            throw new NotExpressibleException("its auto_pad is with dilations, about whose share of the padding runtimes disagree; give pads instead");
        bool ceil = node.Integer("ceil_mode", 0) != 0;
        int[] outputs = window.Outputs(input.Shape[1..], ceil);
        return OperatorTable.Result(kind == "AvgPool" ? Average(node, input, window, outputs) : Maximum(node, input, window, outputs), x);
    }

    private static Layer Average(OperatorNode node, Layer input, Window window, int[] outputs)
    {
        bool counts = node.Integer("count_include_pad", 0) != 0;
        if (IsWhole(input, window))
            return OverAll(input, "GlobalAvgPool", node.Source);
        if (!HalfFits(window) && !counts)
        {
            window = window.RoundedUp(input.Shape[1..], outputs)
                ?? throw new NotExpressibleException(
                    "its padding is more than half of its kernel and does not count in the average; a pool pads at most half of its kernel");
        }

        if (!HalfFits(window))
        {
            // The same as padding first, with zeros that count.
            input = PadOperators.Padded(input, [.. window.Begin, .. window.End], "Zero", 0, node.Source);
            window = window.Unpadded();
        }

        Layer layer = Over(input, "AvgPool", window, outputs, node.Source);
        if (window.HasPadding && !counts)
            layer.Options.Add(("CountIncludePad", "false"));
        return layer;
    }

    /// <summary>Padding never wins a maximum, so that it may stand before the pool: as the model has it, or where it is more than a pool pads.</summary>
    private static Layer Maximum(OperatorNode node, Layer input, Window window, int[] outputs)
    {
        if (input.Kind == PadOperators.PadWithLowest)
        {
            int[] pads = [.. input.Constants.Select(pad => (int)pad)];
            input = input.Input;
            window = window with
            {
                Begin = [.. window.Begin.Zip(pads, (own, before) => own + before)],
                End = [.. window.End.Zip(pads.Skip(input.Rank), (own, before) => own + before)],
            };
            // As far as the last window reaches, which was counted on the padded map.
            window = window with { End = window.Reach(input.Shape[1..], outputs) };
        }

        if (IsWhole(input, window))
            return OverAll(input, "GlobalMaxPool", node.Source);
        if (!HalfFits(window))
            window = window.RoundedUp(input.Shape[1..], outputs) ?? window;
        if (!HalfFits(window))
        {
            if (!window.SeesInput(input.Shape[1..], outputs))
                throw new NotExpressibleException("one of its windows sees nothing but padding, whose maximum is minus infinity; use less padding");
            window = window with { End = window.Reach(input.Shape[1..], outputs) };
            input = PadOperators.Padded(input, [.. window.Begin, .. window.End], "Zero", float.MinValue, node.Source);
            window = window.Unpadded();
        }

        return Over(input, "MaxPool", window, outputs, node.Source);
    }

    /// <summary>The pool, rounding up where that is what it takes to have the outputs.</summary>
    private static Layer Over(Layer input, string kind, Window window, int[] outputs, string source)
    {
        Layer layer = new(kind, [input.Channels, .. outputs], source)
        {
            Inputs = [input],
            Arguments = [.. window.KernelArguments()],
            Options = [.. window.Options(strideIsKernel: true)],
        };
        if (!window.Makes(input.Shape[1..], outputs, ceil: false))
            layer.Options.Add(("CeilMode", "true"));
        return layer;
    }

    private static bool IsWhole(Layer input, Window window) => input.Length > input.Channels
        && !window.HasPadding && window.Kernel.AsSpan().SequenceEqual(input.Shape.AsSpan(1)) && window.Dilation.All(dilation => dilation == 1);

    private static bool HalfFits(Window window) =>
        window.Kernel.Select((kernel, axis) => Math.Max(window.Begin[axis], window.End[axis]) <= kernel / 2).All(fits => fits);

    private static OnnxValue Global(OperatorNode node, string kind)
    {
        FeatureValue x = node.Feature(0);
        Layer input = Views.Natural(x);
        if (input.Rank == 0)
            throw new NotExpressibleException("its input has no axes behind the channels");
        return OperatorTable.Result(OverAll(input, kind, node.Source), x);
    }

    public static Layer OverAll(Layer input, string kind, string source) =>
        new(kind, [input.Channels, .. WindowAttributes.Repeated(1, input.Rank)], source) { Inputs = [input] };
}
