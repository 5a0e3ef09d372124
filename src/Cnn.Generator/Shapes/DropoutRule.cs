using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[Dropout]: the shape stays.</summary>
internal sealed class DropoutRule : LayerRule<DropoutSpec>
{
    protected override void Check(DropoutSpec dropout, LayerFaults faults) => faults.Require(
        dropout.Probability is >= 0 and < 1,
        "probability",
        dropout.Probability,
        "at least 0 and less than 1",
        "kept elements are scaled by 1 / (1 - probability)");
}
