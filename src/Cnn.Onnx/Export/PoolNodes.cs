using Onnx;

namespace Cnn.Onnx.Export;

/// <summary>Pools with a window.</summary>
/// <remarks>
/// A pool that rounds up has the padding at its end written out instead, as far as its last window reaches: the versions of ONNX and the programs that run it
/// disagree about windows that start in the padding. ONNX Runtime takes no padding as long as the kernel, which a window with a dilation can reach.
/// </remarks>
internal static class PoolNodes
{
    /// <summary>Padding never wins a maximum, so that its length is free as long as there are as many windows.</summary>
    public static void AddMaximum(ExportedLayer layer)
    {
        Window window = Window.Of(layer);
        string input = layer.Inputs[0];
        if (window.PadsWholeKernel)
        {
            input = WindowNodes.Padded(layer, "lowest", window.Padding, float.NegativeInfinity);
            window = window with { Padding = new double[2 * layer.Rank] };
        }

        layer.Graph.Node("MaxPool", layer.Output, [input], window.Attributes);
    }

    /// <summary>What the last window reaches beyond the layer's own padding never counts, whether that padding does or not.</summary>
    public static void AddAverage(ExportedLayer layer)
    {
        Window window = Window.Of(layer);
        double[] own = layer.Arguments.Numbers("padding");
        bool counts = layer.Arguments.Flag("countIncludePad");
        if (window.PadsWholeKernel)
        {
            AddCorrected(layer, window, counts ? own : new double[2 * layer.Rank]);
            return;
        }

        string input = layer.Inputs[0];
        if (counts && window.Padding.Zip(own).Any(end => end.First > end.Second))
        {
            counts = false;
            if (own.Any(padding => padding > 0))
                input = WindowNodes.Padded(layer, "zeros", own, 0);
            window = window with { Padding = [.. window.Padding.Zip(own, (reached, padded) => Math.Max(0, reached - padded))] };
        }

        layer.Graph.Node("AveragePool", layer.Output, [input], [.. window.Attributes, GraphBuilder.Integer("count_include_pad", counts ? 1 : 0)]);
    }

    /// <summary>Averages over whole windows of an input with zeros around it, each then multiplied by kernel / elements that count.</summary>
    /// <param name="layer">The pool.</param>
    /// <param name="window">Its padding as far as the windows reach.</param>
    /// <param name="counting">How much of the padding counts.</param>
    private static void AddCorrected(ExportedLayer layer, Window window, double[] counting)
    {
        int[] outputs = [.. layer.Facts.OutputShape.Skip(1)];
        float[] factors = [1];
        for (int axis = 0; axis < layer.Rank; axis++)
        {
            int along = axis;
            float[] ofAxis = [.. Enumerable.Range(0, outputs[axis]).Select(output => Factor(layer, window, counting, along, output))];
            factors = [.. factors.SelectMany(_ => ofAxis, (outer, inner) => outer * inner)];
        }

        string zeros = WindowNodes.Padded(layer, "zeros", window.Padding, 0);
        string averages = layer.Part("AveragePool", "averages", [zeros], (window with { Padding = new double[2 * layer.Rank] }).Attributes);
        layer.Graph.Node("Mul", layer.Output, [averages, layer.Graph.Constant($"{layer.Facts.Name}/factors", outputs, factors)]);
    }

    private static float Factor(ExportedLayer layer, Window window, double[] counting, int axis, int output)
    {
        double start = (output * window.Stride[axis]) - window.Padding[axis];
        int counted = Enumerable.Range(0, (int)window.Kernel[axis]).Select(tap => start + (tap * window.Dilation[axis]))
            .Count(position => position >= -counting[axis] && position < layer.InputShape[1 + axis] + counting[layer.Rank + axis]);
        return (float)(window.Kernel[axis] / counted);
    }

    /// <summary>A pool's window with the padding, starts before ends, that gives the layer's outputs without rounding up.</summary>
    private sealed record Window(double[] Kernel, double[] Stride, double[] Padding, double[] Dilation)
    {
        public bool PadsWholeKernel => Padding.Select((padding, end) => padding >= Kernel[end % Kernel.Length]).Any(isWhole => isWhole);

        public AttributeProto[] Attributes =>
        [
            GraphBuilder.Integers("kernel_shape", Kernel),
            GraphBuilder.Integers("strides", Stride),
            GraphBuilder.Integers("pads", Padding),
            GraphBuilder.Integers("dilations", Dilation),
        ];

        public static Window Of(ExportedLayer layer)
        {
            LayerArguments said = layer.Arguments;
            Window window = new(said.Numbers("kernel"), said.Numbers("stride"), said.Numbers("padding"), said.Numbers("dilation"));
            for (int axis = 0; axis < layer.Rank && layer.Arguments.Flag("ceil"); axis++)
            {
                double reach = ((layer.Facts.OutputShape[1 + axis] - 1) * window.Stride[axis]) + ((window.Kernel[axis] - 1) * window.Dilation[axis]) + 1;
                window.Padding[layer.Rank + axis] = Math.Max(0, reach - window.Padding[axis] - layer.InputShape[1 + axis]);
            }

            return window;
        }
    }
}
