using System.Globalization;
using System.Text;
using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>
/// A number that differs where predictors pack their weights differently: weights that were packed while the project was built are read by the code
/// for which they were packed, or by none.
/// </summary>
public static class PackingFingerprint
{
    public static uint Of(PredictorPlan plan)
    {
        StringBuilder text = new();
        foreach (PackedItem item in plan.Packing)
        {
            Append(text, item.Layer ?? "", item.HasBias, item.WeightOffset, item.BiasOffset, item.InputChannels, item.Winograd?.Kernel ?? 0);
            Append(text, item.Layout);
            Append(text, item.NormsBefore);
            Append(text, item.Norms);
        }

        foreach (PackedParameter parameter in plan.Parameters)
        {
            Append(text, parameter.Name, parameter.Offset);
            Append(text, parameter.Layout);
        }

        return StableHash.Of(text.ToString());
    }

    private static void Append(StringBuilder text, EquatableArray<FoldedNorm> norms)
    {
        Append(text, norms.Length);
        foreach (FoldedNorm norm in norms)
        {
            Append(text, norm.Layer, norm.HasWeight, norm.HasBias, norm.Epsilon.HasValue, norm.Epsilon ?? 0);
            foreach (float constant in norm.Mean.Concat(norm.Deviation))
                Append(text, constant);
        }
    }

    private static void Append(StringBuilder text, WeightLayout layout) =>
        Append(text, layout.Groups, layout.Outputs, layout.Inputs, layout.Taps, layout.Block, layout.InputsFirst);

    private static void Append(StringBuilder text, params object[] values)
    {
        foreach (object value in values)
            text.Append(value is float number
                ? number.ToString("R", CultureInfo.InvariantCulture)
                : Convert.ToString(value, CultureInfo.InvariantCulture)).Append(' ');
    }
}
