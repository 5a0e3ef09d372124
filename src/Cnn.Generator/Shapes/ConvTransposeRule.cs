using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[ConvTranspose]: PyTorch's ConvTranspose1d, ConvTranspose2d and ConvTranspose3d.</summary>
internal sealed class ConvTransposeRule : LayerRule<ConvTransposeSpec>
{
    protected override void Check(ConvTransposeSpec conv, LayerFaults faults)
    {
        faults.AtLeast(1, "outChannels", conv.OutChannels, "a layer has at least one output channel");
        faults.AtLeast(1, "Groups", conv.Groups, "the channels are at least one group");
        WindowRule.Check(conv.Window, faults);
        const string Reason = "it only adds elements";
        if (conv.OutputPaddings is { } paddings)
            faults.AtLeast(0, "OutputPaddings", paddings, Reason);
        else
            faults.AtLeast(0, "OutputPadding", conv.OutputPadding, Reason);
    }

    protected override LayerOutput? Infer(ConvTransposeSpec conv, LayerInput input, LayerFaults faults)
    {
        if (!input.HasAxes(faults)
            || WindowRule.Resolve(conv.Window, input, faults) is not { } window
            || OutputPaddings(conv, window, input, faults) is not { } added
            || !GroupRule.Divide("Groups", conv.Groups, input, conv.OutChannels, faults)
            || Lengths(conv, window, added, input, faults) is not { } lengths)
            return null;

        int outputsOfGroup = conv.OutChannels / conv.Groups;
        if (!faults.Fits("weight", [input.Shape.Channels, outputsOfGroup, .. window.Kernel.Select(static length => (long)length)])
            || !faults.Fits("output", [conv.OutChannels, .. lengths]))
            return null;

        EquatableArray<int> weight = [input.Shape.Channels, outputsOfGroup, .. window.Kernel];
        int share = weight.Skip(1).Aggregate(static (product, length) => product * length);
        return new LayerOutput
        {
            Shape = new TensorShape(conv.OutChannels, lengths.Select(static length => (int)length).ToEquatableArray()),
            Reach = input.Reach.SlideTransposed(window),
            Window = window,
            Parameters = ParameterRule.WeightAndBias(conv, weight, conv.OutChannels, conv.Bias, share),
            MultiplyAdds = (long)input.Shape.Length * share,
        };
    }

    private static EquatableArray<int>? OutputPaddings(ConvTransposeSpec conv, WindowShape window, LayerInput input, LayerFaults faults)
    {
        int rank = input.Shape.Rank;
        if (!WindowRule.CheckPerAxis("OutputPaddings", conv.OutputPaddings, input, faults))
            return null;
        EquatableArray<int> paddings = conv.OutputPaddings ?? Enumerable.Repeat(conv.OutputPadding, rank).ToEquatableArray();
        for (int axis = 0; axis < rank; axis++)
        {
            int limit = Math.Max(window.Stride[axis], window.Dilation[axis]);
            if (paddings[axis] < limit)
                continue;
            bool perAxis = conv.OutputPaddings is not null;
            faults.OutOfRange(
                perAxis ? "OutputPaddings" : "OutputPadding", perAxis ? axis : -1, perAxis ? $"OutputPaddings[{Numbers.Text(axis)}]" : "OutputPadding",
                Numbers.Text(paddings[axis]), "less than " + Numbers.Text(limit), "the larger of stride and dilation is where no input reaches any more");
            return null;
        }

        return paddings;
    }

    /// <summary>(length - 1) stride - padding begin - padding end + dilation (kernel - 1) + output padding + 1.</summary>
    private static long[]? Lengths(ConvTransposeSpec conv, WindowShape window, EquatableArray<int> added, LayerInput input, LayerFaults faults)
    {
        long[] lengths = new long[input.Shape.Rank];
        for (int axis = 0; axis < lengths.Length; axis++)
        {
            long spread = ((input.Shape.Axes[axis] - 1L) * window.Stride[axis]) + WindowRule.Extent(window, axis) + added[axis];
            long padding = (long)window.PaddingBegin[axis] + window.PaddingEnd[axis];
            lengths[axis] = spread - padding;
            if (lengths[axis] >= 1)
                continue;
            (string argument, int element) = conv.Window.Paddings is null ? ("Padding", -1) : ("Paddings", axis);
            faults.Add(
                FaultIds.TransposedOutputEmpty, argument, element, input.Layer, conv.Name, WindowRule.AxisName(lengths.Length, axis),
                Numbers.Text(padding), Numbers.Text(spread), input.Shape.ToString(), Numbers.Text(spread - 1));
            return null;
        }

        return lengths;
    }
}
