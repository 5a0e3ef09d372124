using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[StochasticDepth]: the shape stays.</summary>
internal sealed class StochasticDepthRule : LayerRule<StochasticDepthSpec>
{
    protected override void Check(StochasticDepthSpec depth, LayerFaults faults) => faults.Require(
        depth.Probability is >= 0 and < 1,
        "probability",
        depth.Probability,
        "at least 0 and less than 1",
        "kept images are scaled by 1 / (1 - probability)");
}
