using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[BatchNorm]: statistics per channel, in any rank.</summary>
internal sealed class BatchNormRule : LayerRule<BatchNormSpec>
{
    protected override void Check(BatchNormSpec norm, LayerFaults faults)
    {
        CheckEpsilon(norm.Epsilon, faults);
        faults.Require(norm.Momentum is >= 0 and <= 1, "Momentum", norm.Momentum, "from 0 to 1", "it is the newest batch's share of the running statistics");
    }

    public static void CheckEpsilon(float epsilon, LayerFaults faults) =>
        faults.Require(epsilon > 0 && !float.IsInfinity(epsilon), "Epsilon", epsilon, "a positive float", "it keeps a variance of 0 from being divided by");

    protected override LayerOutput Infer(BatchNormSpec norm, LayerInput input, LayerFaults faults)
    {
        EquatableArray<int> shape = [input.Shape.Channels];
        List<ParameterShape> parameters = [];
        if (norm.Affine)
        {
            parameters.Add(ParameterRule.Make(norm, "weight", shape, Initialization.One));
            parameters.Add(ParameterRule.Make(norm, "bias", shape, Initialization.Zero));
        }

        parameters.Add(ParameterRule.Make(norm, "running_mean", shape, Initialization.Zero) with { IsTrainable = false });
        parameters.Add(ParameterRule.Make(norm, "running_var", shape, Initialization.One) with { IsTrainable = false });
        return LayerOutput.SameAs(input) with { Parameters = parameters.ToEquatableArray() };
    }
}
