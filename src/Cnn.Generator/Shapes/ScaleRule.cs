using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[Scale]: the shape stays; a factor and perhaps a summand for each channel, position or element.</summary>
internal sealed class ScaleRule : LayerRule<ScaleSpec>
{
    protected override void Check(ScaleSpec scale, LayerFaults faults)
    {
        faults.Require(
            scale.Over is >= ScaleOver.Channels and <= ScaleOver.Elements, "Over", (int)scale.Over, "a member of ScaleOver", "there is nothing else");
        if (!scale.Factor && !scale.Bias)
            faults.OutOfRange("Factor", -1, "Factor", "false", "true unless Bias is", "without factor and summand nothing is learned");
        faults.Require(!float.IsNaN(scale.Start) && !float.IsInfinity(scale.Start), "Start", scale.Start, "a finite float", "the factor starts as it");
    }

    protected override LayerOutput? Infer(ScaleSpec scale, LayerInput input, LayerFaults faults)
    {
        if (scale.Over == ScaleOver.Positions && !input.HasAxes(faults))
            return null;
        EquatableArray<int> shape = scale.Over switch
        {
            ScaleOver.Channels => [input.Shape.Channels],
            ScaleOver.Positions => input.Shape.Axes,
            _ => [input.Shape.Channels, .. input.Shape.Axes],
        };
        List<ParameterShape> parameters = [];
        if (scale.Factor)
            parameters.Add(ParameterRule.Constant(scale, "weight", shape, scale.Start));
        if (scale.Bias)
            parameters.Add(ParameterRule.Make(scale, "bias", shape, Initialization.Zero));
        return LayerOutput.SameAs(input) with { Parameters = parameters.ToEquatableArray() };
    }
}
