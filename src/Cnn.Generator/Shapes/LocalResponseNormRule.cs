using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[LocalResponseNorm]: the shape stays, and no denominator is 0 or not a number.</summary>
internal sealed class LocalResponseNormRule : LayerRule<LocalResponseNormSpec>
{
    protected override void Check(LocalResponseNormSpec norm, LayerFaults faults)
    {
        faults.AtLeast(1, "size", norm.Size, "a window has at least one channel");
        faults.Require(norm.Alpha >= 0 && !float.IsInfinity(norm.Alpha), "Alpha", norm.Alpha, "a finite float of at least 0",
            "the denominator is a power of k + alpha * mean square");
        faults.Require(!float.IsNaN(norm.Beta) && !float.IsInfinity(norm.Beta), "Beta", norm.Beta, "a finite float", "it is an exponent");
        faults.Require(norm.K > 0 && !float.IsInfinity(norm.K), "K", norm.K, "a positive float", "inputs of 0 are divided by a power of it");
    }

    protected override LayerOutput? Infer(LocalResponseNormSpec norm, LayerInput input, LayerFaults faults) =>
        input.HasAxes(faults) ? LayerOutput.SameAs(input) : null;
}
