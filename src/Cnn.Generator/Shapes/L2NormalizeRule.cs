using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[L2Normalize]: the shape stays.</summary>
internal sealed class L2NormalizeRule : LayerRule<L2NormalizeSpec>
{
    protected override void Check(L2NormalizeSpec norm, LayerFaults faults) => faults.Require(
        norm.Epsilon > 0 && !float.IsInfinity(norm.Epsilon), "Epsilon", norm.Epsilon, "a finite float above 0", "a norm of 0 would be divided by");

    protected override LayerOutput? Infer(L2NormalizeSpec norm, LayerInput input, LayerFaults faults)
    {
        int last = input.Shape.Rank + 1;
        int axis = norm.AxisOf(input.Shape.Rank);
        if (axis >= 1 && axis <= last)
            return LayerOutput.SameAs(input);
        faults.OutOfRange(
            "Axis", -1, "Axis", Numbers.Text(norm.Axis), $"1 to {Numbers.Text(last)}, or -1 to -{Numbers.Text(last)}",
            $"its input {input.Shape} has as many axes, and the batch is none of them");
        return null;
    }
}
