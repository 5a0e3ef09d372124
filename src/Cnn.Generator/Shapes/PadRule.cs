using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[Pad]: elements around the map.</summary>
internal sealed class PadRule : LayerRule<PadSpec>
{
    protected override void Check(PadSpec pad, LayerFaults faults)
    {
        faults.AtLeast(0, "paddings", pad.Paddings, "padding only adds elements");
        faults.Require(pad.Mode is >= PadMode.Zero and <= PadMode.Replicate, "Mode", (int)pad.Mode, "a member of PadMode", "there is no other mode");
        faults.Require(!float.IsNaN(pad.Value) && !float.IsInfinity(pad.Value), "Value", pad.Value, "a finite float",
            "it would spread to everything behind it");
    }

    protected override LayerOutput? Infer(PadSpec pad, LayerInput input, LayerFaults faults)
    {
        if (!input.HasAxes(faults))
            return null;
        int rank = input.Shape.Rank;
        if (pad.Paddings.Length != 1 && pad.Paddings.Length != 2 * rank)
        {
            faults.WrongCount(
                "paddings", pad.Paddings.Length, $"1, or {Numbers.Text(2 * rank)} with all begins before all ends", input.AxesReason);
            return null;
        }

        WindowShape window = Window(pad, rank);
        long[] lengths = [.. Enumerable.Range(0, rank).Select(axis => WindowRule.PaddedLength(window, input, axis))];
        if (!Reflects(pad, window, input, faults) || !faults.Fits("output", [input.Shape.Channels, .. lengths]))
            return null;
        return new LayerOutput
        {
            Shape = input.Shape with { Axes = lengths.Select(static length => (int)length).ToEquatableArray() },
            Reach = input.Reach,
            Window = window,
        };
    }

    /// <summary>The paddings as those of a window of one element.</summary>
    private static WindowShape Window(PadSpec pad, int rank)
    {
        EquatableArray<int> ones = Enumerable.Repeat(1, rank).ToEquatableArray();
        EquatableArray<int> paddings = pad.Paddings.Length == 1 ? Enumerable.Repeat(pad.Paddings[0], 2 * rank).ToEquatableArray() : pad.Paddings;
        return new WindowShape
        {
            Kernel = ones,
            Stride = ones,
            Dilation = ones,
            PaddingBegin = paddings.Take(rank).ToEquatableArray(),
            PaddingEnd = paddings.Skip(rank).ToEquatableArray(),
        };
    }

    private static bool Reflects(PadSpec pad, WindowShape window, LayerInput input, LayerFaults faults)
    {
        if (pad.Mode != PadMode.Reflect)
            return true;
        int rank = input.Shape.Rank;
        for (int i = 0; i < 2 * rank; i++)
        {
            int axis = i % rank;
            int padding = i < rank ? window.PaddingBegin[axis] : window.PaddingEnd[axis];
            int most = input.Shape.Axes[axis] - 1;
            if (padding <= most)
                continue;
            string end = (i < rank ? "start" : "end") + " of the " + WindowRule.AxisName(rank, axis);
            faults.Add(
                FaultIds.ReflectionTooLarge, "paddings", pad.Paddings.Length == 1 ? 0 : i, input.Layer,
                pad.Name, Numbers.Text(padding), end, input.Shape.ToString(), Numbers.Text(most));
            return false;
        }

        return true;
    }
}
