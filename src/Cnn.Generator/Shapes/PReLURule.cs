using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[PReLU]: the shape stays; one slope, or one a channel.</summary>
internal sealed class PReLURule : LayerRule<PReLUSpec>
{
    protected override LayerOutput Infer(PReLUSpec activation, LayerInput input, LayerFaults faults) => LayerOutput.SameAs(input) with
    {
        Parameters = [ParameterRule.Make(activation, "weight", [activation.PerChannel ? input.Shape.Channels : 1], Initialization.Quarter)],
    };
}
