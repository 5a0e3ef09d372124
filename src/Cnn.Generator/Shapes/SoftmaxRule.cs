using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[Softmax] and [LogSoftmax]: the shape stays.</summary>
internal sealed class SoftmaxRule : LayerRule<SoftmaxSpec>
{
    protected override LayerOutput? Infer(SoftmaxSpec softmax, LayerInput input, LayerFaults faults)
    {
        if (AxisRule.Resolve("Axis", softmax.Axis, input, faults) is not { } place)
            return null;
        LayerOutput same = LayerOutput.SameAs(input);
        return place == 0 ? same : same with { Reach = input.Reach.Whole(place - 1, input.Shape.Axes[place - 1]) };
    }
}
