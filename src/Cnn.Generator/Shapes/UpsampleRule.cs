using System.Globalization;
using Cnn.Definitions;
using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[Upsample]: every axis longer by a factor, or as long as it is told to be.</summary>
internal sealed class UpsampleRule : LayerRule<UpsampleSpec>
{
    private const int BilinearRank = 2;
    private const int CubicTaps = 4;

    protected override void Check(UpsampleSpec upsample, LayerFaults faults)
    {
        faults.AtLeast(1, "scale", upsample.Scale, "a map is enlarged or left as it is");
        faults.AtLeast(1, "Size", upsample.Size, "an axis without elements would leave nothing");
        RequireMember("Mode", (int)upsample.Mode, (int)UpsampleMode.Cubic, "UpsampleMode", "there is no other mode", faults);
        RequireMember(
            "Coordinates", (int)upsample.Coordinates, (int)UpsampleCoordinates.Asymmetric, "UpsampleCoordinates", "there are no others", faults);
        RequireMember("Rounding", (int)upsample.Rounding, (int)UpsampleRounding.Ceiling, "UpsampleRounding", "there is no other", faults);
        faults.Require(IsFinite(upsample.CubicCoefficient), "CubicCoefficient", upsample.CubicCoefficient, "a finite float", "weights are computed from it");
        for (int index = 0; index < upsample.Scales.Length; index++)
        {
            if (!IsFinite(upsample.Scales[index]) || upsample.Scales[index] <= 0)
                faults.OutOfRange(
                    "Scales", index, Called(upsample.Scales.Length, index), upsample.Scales[index].ToString("R", CultureInfo.InvariantCulture),
                    "a finite float above 0", "lengths are multiplied by it");
        }

        if (upsample.AlignCorners && upsample.Coordinates != UpsampleCoordinates.Standard)
            faults.OutOfRange(
                "Coordinates", -1, "Coordinates", upsample.Coordinates.ToString(), "left out", "AlignCorners says where outputs have their places");
        if (upsample.Size.Length > 0 && (upsample.Scale != 1 || upsample.Scales.Length > 0))
            faults.OutOfRange("Size", -1, "Size", "given", "left out, or the factors be", "both say how long the output is");
        else if (upsample.Scales.Length > 0 && upsample.Scale != 1)
            faults.OutOfRange("Scales", -1, "Scales", "given", "left out, or scale be", "both say how long the output is");
    }

    protected override LayerOutput? Infer(UpsampleSpec upsample, LayerInput input, LayerFaults faults)
    {
        if (!input.HasAxes(faults) || !HasCounts(upsample, input, faults))
            return null;
        if (upsample.Mode == UpsampleMode.Bilinear && input.Shape.Rank != BilinearRank)
        {
            faults.Add(FaultIds.WrongRank, "Mode", -1, input.Layer, upsample.Name, input.Name, input.Shape.ToString(), LayerFaults.Axes(input.Shape.Rank));
            return null;
        }

        ResampledAxis[] axes = [.. input.Shape.Axes.Select((length, axis) => upsample.Axis(axis, length))];
        int empty = Array.FindIndex(axes, static axis => axis.Outputs < 1);
        if (empty >= 0)
        {
            int index = upsample.Scales.Length == 1 ? 0 : empty;
            faults.OutOfRange(
                "Scales", index, Called(upsample.Scales.Length, index), upsample.Scales[index].ToString("R", CultureInfo.InvariantCulture),
                $"at least 1/{Numbers.Text(axes[empty].Length)}", $"its input {input.Shape} would have no element left there");
            return null;
        }

        if (!faults.Fits("output", [input.Shape.Channels, .. axes.Select(static axis => (long)axis.Outputs)]))
            return null;
        int taps = upsample.Mode switch { UpsampleMode.Nearest => 1, UpsampleMode.Cubic => CubicTaps, _ => 2 };
        return new LayerOutput
        {
            Shape = input.Shape with { Axes = axes.Select(static axis => axis.Outputs).ToEquatableArray() },
            Reach = input.Reach.Resize(axes, taps),
        };
    }

    private static bool HasCounts(UpsampleSpec upsample, LayerInput input, LayerFaults faults)
    {
        int rank = input.Shape.Rank;
        string need = rank == 1 ? "1" : $"1 or {Numbers.Text(rank)}";
        if (upsample.Size.Length > 0 && upsample.Size.Length != 1 && upsample.Size.Length != rank)
            faults.WrongCount("Size", upsample.Size.Length, need, input.AxesReason);
        if (upsample.Scales.Length > 0 && upsample.Scales.Length != 1 && upsample.Scales.Length != rank)
            faults.WrongCount("Scales", upsample.Scales.Length, need, input.AxesReason);
        return !faults.Any;
    }

    private static void RequireMember(string argument, int value, int last, string enumeration, string because, LayerFaults faults) =>
        faults.Require(value >= 0 && value <= last, argument, value, "a member of " + enumeration, because);

    private static string Called(int count, int index) => count == 1 ? "Scales" : $"Scales[{Numbers.Text(index)}]";

    private static bool IsFinite(float value) => !float.IsNaN(value) && !float.IsInfinity(value);
}
