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
        for (int index = 1; index < inputs.Count; index++)
        {
            if (Merge(merge, shape, inputs[index].Shape) is not { } merged)
            {
                Refuse(merge, shape, inputs, index, faults);
                return null;
            }

            shape = merged;
        }

        long channels = merge is ConcatSpec ? inputs.Sum(static input => (long)input.Shape.Channels) : shape.Channels;
        if (!faults.Fits("output", [channels, .. shape.Axes.Select(static axis => (long)axis)]))
            return null;
        return new LayerOutput
        {
            Shape = shape with { Channels = (int)channels },
            Reach = inputs.Skip(1).Aggregate(inputs[0].Reach, static (reach, input) => reach.Join(input.Reach)),
        };
    }

    /// <summary>The shape of both together, for Concat without the sum of the channels; null where they do not fit.</summary>
    private static TensorShape? Merge(MergeSpec merge, TensorShape a, TensorShape b)
    {
        if (merge is ConcatSpec)
            return a.Axes == b.Axes ? a : null;
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

    private static void Refuse(MergeSpec merge, TensorShape shape, IReadOnlyList<LayerInput> inputs, int index, LayerFaults faults)
    {
        (string verb, string need) = merge switch
        {
            BinarySpec { Definition: var operation } => (operation.Verb,
                $"each axis must have the same length in both, or 1, because elements are {operation.Participle} one by one"),
            _ => ("joins", "both must have the same axes, because only channels are put one behind the other"),
        };
        faults.Add(
            FaultIds.ShapesDoNotFit, merge.OthersArgument, merge is ConcatSpec ? index - 1 : -1, inputs[index].Layer,
            merge.Name, verb, inputs[0].Name, shape.ToString(), inputs[index].Name, inputs[index].Shape.ToString(), need);
    }
}
