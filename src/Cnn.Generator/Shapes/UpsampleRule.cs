using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[Upsample]: every axis longer by the same factor.</summary>
internal sealed class UpsampleRule : LayerRule<UpsampleSpec>
{
    private const int BilinearRank = 2;

    protected override void Check(UpsampleSpec upsample, LayerFaults faults)
    {
        faults.AtLeast(1, "scale", upsample.Scale, "a map is enlarged or left as it is");
        faults.Require(
            upsample.Mode is >= UpsampleMode.Nearest and <= UpsampleMode.Bilinear, "Mode", (int)upsample.Mode,
            "a member of UpsampleMode", "there is no other mode");
    }

    protected override LayerOutput? Infer(UpsampleSpec upsample, LayerInput input, LayerFaults faults)
    {
        if (!input.HasAxes(faults))
            return null;
        bool bilinear = upsample.Mode == UpsampleMode.Bilinear;
        if (bilinear && input.Shape.Rank != BilinearRank)
        {
            faults.Add(FaultIds.WrongRank, "Mode", -1, input.Layer, upsample.Name, input.Name, input.Shape.ToString(), LayerFaults.Axes(input.Shape.Rank));
            return null;
        }

        long[] lengths = [.. input.Shape.Axes.Select(length => (long)length * upsample.Scale)];
        if (!faults.Fits("output", [input.Shape.Channels, .. lengths]))
            return null;
        return new LayerOutput
        {
            Shape = input.Shape with { Axes = lengths.Select(static length => (int)length).ToEquatableArray() },
            Reach = input.Reach.Enlarge(upsample.Scale, bilinear),
        };
    }
}
