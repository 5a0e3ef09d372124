using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>The element-wise activations: the shape stays, and their numbers are sound.</summary>
internal static class ActivationRule
{
    private const string NotFinite = "every output would be infinite or not a number";

    public static void Check(ActivationSpec activation, LayerFaults faults)
    {
        switch (activation.Activation)
        {
            case ActivationKind.LeakyReLU:
                float slope = activation.Numbers[0];
                faults.Require(IsFinite(slope) && slope >= 0, "Slope", slope, "a finite float of at least 0", "the gradient is taken from the sign of the output");
                break;
            case ActivationKind.ELU:
                Finite("Alpha", activation.Numbers[0], faults);
                break;
            case ActivationKind.CELU:
                float alpha = activation.Numbers[0];
                faults.Require(IsFinite(alpha) && alpha != 0, "Alpha", alpha, "a finite float other than 0", "inputs are divided by it");
                break;
            case ActivationKind.HardSigmoid:
                Finite("Alpha", activation.Numbers[0], faults);
                Finite("Beta", activation.Numbers[1], faults);
                break;
            case ActivationKind.Clip:
                CheckClip(activation.Numbers[0], activation.Numbers[1], faults);
                break;
        }
    }

    private static void CheckClip(float minimum, float maximum, LayerFaults faults)
    {
        const string Reason = "outputs lie between the two limits";
        faults.Require(!float.IsNaN(minimum), "Min", minimum, "a number", Reason);
        faults.Require(!float.IsNaN(maximum), "Max", maximum, "a number", Reason);
        if (!faults.Any)
        {
            string limit = minimum.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
            faults.Require(minimum <= maximum, "Max", maximum, "at least Min, which is " + limit, Reason);
        }
    }

    private static void Finite(string argument, float value, LayerFaults faults) =>
        faults.Require(IsFinite(value), argument, value, "a finite float", NotFinite);

    private static bool IsFinite(float value) => !float.IsNaN(value) && !float.IsInfinity(value);
}
