using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[Scale]: the shape stays; a factor a channel, and perhaps a summand.</summary>
internal sealed class ScaleRule : LayerRule<ScaleSpec>
{
    protected override LayerOutput Infer(ScaleSpec scale, LayerInput input, LayerFaults faults)
    {
        EquatableArray<int> shape = [input.Shape.Channels];
        ParameterShape weight = ParameterRule.Make(scale, "weight", shape, Initialization.One);
        return LayerOutput.SameAs(input) with
        {
            Parameters = scale.Bias ? [weight, ParameterRule.Make(scale, "bias", shape, Initialization.Zero)] : [weight],
        };
    }
}
