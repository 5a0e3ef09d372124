using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>Operations on two tensors, and [Concat]: layers with several inputs.</summary>
internal sealed class MergeRule : LayerRule<MergeSpec>
{
    protected override void Check(MergeSpec merge, LayerFaults faults)
    {
        if (merge.Others.Length == 0)
            faults.Add(FaultIds.WrongNumberOfValues, null, -1, -1, merge.OthersArgument, merge.Name, "no names", "at least 1",
                "the current tensor is joined with named outputs");
    }

    protected override LayerOutput? Infer(MergeSpec merge, IReadOnlyList<LayerInput> inputs, LayerFaults faults)
    {
        TensorShape shape = inputs[0].Shape;
        int place = 0;
        if (merge is ConcatSpec concat)
        {
            if (AxisRule.Resolve("Axis", concat.Axis, inputs[0], faults) is not { } found)
                return null;
            place = found;
        }

        for (int index = 1; index < inputs.Count; index++)
        {
            if (Merge(merge, shape, inputs[index].Shape, place) is not { } merged)
            {
                Refuse(merge, shape, inputs, index, place, faults);
                return null;
            }

            shape = merged;
        }

        long[] lengths = [.. shape.Lengths.Select(static length => (long)length)];
        if (merge is ConcatSpec)
            lengths[place] = inputs.Sum(input => (long)input.Shape.Lengths[place]);
        if (!faults.Fits("output", lengths))
            return null;
        return new LayerOutput
        {
            Shape = TensorShape.Of(lengths.Select(static length => (int)length).ToEquatableArray()),
            // Behind a joint along an axis, neighbours are not neighbours in the input.
            Reach = place > 0 ? Reach.None : inputs.Skip(1).Aggregate(inputs[0].Reach, static (reach, input) => reach.Join(input.Reach)),
        };
    }

    /// <summary>The shape of both together, for Concat without the sum along its axis; null where they do not fit.</summary>
    private static TensorShape? Merge(MergeSpec merge, TensorShape a, TensorShape b, int place)
    {
        if (merge is ConcatSpec)
            return a.Rank == b.Rank && Enumerable.Range(0, a.Rank + 1).All(other => other == place || a.Lengths[other] == b.Lengths[other]) ? a : null;
        if (a.Rank != b.Rank || !Repeats(a.Channels, b.Channels))
            return null;
        for (int axis = 0; axis < a.Rank; axis++)
        {
            if (!Repeats(a.Axes[axis], b.Axes[axis]))
                return null;
        }

        return new TensorShape(Math.Max(a.Channels, b.Channels), a.Axes.Select((length, axis) => Math.Max(length, b.Axes[axis])).ToEquatableArray());
    }

    private static bool Repeats(int a, int b) => a == b || a == 1 || b == 1;

    private static void Refuse(MergeSpec merge, TensorShape shape, IReadOnlyList<LayerInput> inputs, int index, int place, LayerFaults faults)
    {
        (string verb, string need) = merge switch
        {
            BinarySpec { Definition: var operation } => (operation.Verb,
                $"each axis must have the same length in both, or 1, because elements are {operation.Participle} one by one"),
            _ when place > 0 => (
                "joins", $"both must have the same lengths but along axis {Numbers.Text(AxisNumber.At(place))}, along which they are put one behind the other"),
            _ => ("joins", "both must have the same axes, because only channels are put one behind the other"),
        };
        faults.Add(
            FaultIds.ShapesDoNotFit, merge.OthersArgument, merge is ConcatSpec ? index - 1 : -1, inputs[index].Layer,
            merge.Name, verb, inputs[0].Name, shape.ToString(), inputs[index].Name, inputs[index].Shape.ToString(), need);
    }
}
