using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[Conv]: PyTorch's Conv1d, Conv2d and Conv3d.</summary>
internal sealed class ConvRule : LayerRule<ConvSpec>
{
    protected override void Check(ConvSpec conv, LayerFaults faults)
    {
        faults.AtLeast(1, "outChannels", conv.OutChannels, "every filter makes one output channel");
        faults.AtLeast(1, "Groups", conv.Groups, "the channels are at least one group");
        WindowRule.Check(conv.Window, faults);
    }

    protected override LayerOutput? Infer(ConvSpec conv, LayerInput input, LayerFaults faults)
    {
        if (!input.HasAxes(faults)
            || WindowRule.Resolve(conv.Window, input, faults) is not { } window
            || !GroupRule.Divide("Groups", conv.Groups, input, conv.OutChannels, faults)
            || WindowRule.Lengths(conv.Kind, window, conv.Window, input, faults) is not { } lengths)
            return null;

        int inputsOfGroup = input.Shape.Channels / conv.Groups;
        if (!faults.Fits("weight", [conv.OutChannels, inputsOfGroup, .. window.Kernel.Select(static length => (long)length)])
            || !faults.Fits("output", [conv.OutChannels, .. lengths]))
            return null;

        EquatableArray<int> weight = [conv.OutChannels, inputsOfGroup, .. window.Kernel];
        int innerProduct = weight.Skip(1).Aggregate(static (product, length) => product * length);
        TensorShape shape = new(conv.OutChannels, lengths.Select(static length => (int)length).ToEquatableArray());
        return new LayerOutput
        {
            Shape = shape,
            Reach = input.Reach.Slide(window),
            Window = window,
            Parameters = ParameterRule.WeightAndBias(conv, weight, conv.OutChannels, conv.Bias, innerProduct),
            MultiplyAdds = (long)shape.Length * innerProduct,
        };
    }
}
