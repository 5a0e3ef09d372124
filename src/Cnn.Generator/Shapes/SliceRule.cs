using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[Slice]: a part of an axis, of at least one element.</summary>
internal sealed class SliceRule : LayerRule<SliceSpec>
{
    protected override void Check(SliceSpec slice, LayerFaults faults)
    {
        if (slice.Step == 0)
            faults.OutOfRange("Step", -1, "Step", "0", "at least 1, or negative", "it is the distance of the elements that are taken");
    }

    protected override LayerOutput? Infer(SliceSpec slice, LayerInput input, LayerFaults faults)
    {
        if (AxisRule.Resolve("Axis", slice.Axis, input, faults) is not { } place)
            return null;
        int[] lengths = [.. input.Shape.Lengths];
        (_, int count) = slice.Range(lengths[place]);
        if (count == 0)
        {
            Refuse(slice, lengths[place], input, faults);
            return null;
        }

        lengths[place] = count;
        return new LayerOutput
        {
            Shape = TensorShape.Of(lengths.ToEquatableArray()),
            Reach = place == 0 ? input.Reach : input.Reach.Skip(place - 1, Math.Min(Math.Abs((long)slice.Step), int.MaxValue)),
        };
    }

    private static void Refuse(SliceSpec slice, int length, LayerInput input, LayerFaults faults)
    {
        bool backwards = slice.Step < 0;
        string found = slice.End == int.MaxValue ? $"from {Numbers.Text(slice.Start)} on" : $"from {Numbers.Text(slice.Start)} up to {Numbers.Text(slice.End)}";
        string need = slice.End == int.MaxValue
            ? $"start at {Numbers.Text(length - 1)} at most"
            : backwards ? "let the end be smaller than the start, as Step goes backwards" : "let the end be larger than the start";
        faults.Add(
            FaultIds.EmptySlice, slice.End == int.MaxValue ? "start" : "end", -1, input.Layer, slice.Name, found,
            backwards ? "backwards" : "forwards", Numbers.Text(length), Numbers.Text(AxisNumber.At(AxisNumber.Place(slice.Axis, input.Shape))),
            input.Shape.ToString(), need);
    }
}
