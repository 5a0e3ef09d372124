using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[GlobalAvgPool] and [GlobalMaxPool]: one number per channel; the axes stay, with length 1.</summary>
internal sealed class GlobalPoolRule : LayerRule<GlobalPoolSpec>
{
    protected override LayerOutput? Infer(GlobalPoolSpec pool, LayerInput input, LayerFaults faults) => !input.HasAxes(faults) ? null : new LayerOutput
    {
        Shape = input.Shape with { Axes = input.Shape.Axes.Select(static _ => 1).ToEquatableArray() },
        Reach = input.Reach.Whole(input.Shape.Axes),
    };
}
