using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>Reductions: some axes get length 1 or are gone.</summary>
internal sealed class ReductionRule : LayerRule<ReductionSpec>
{
    protected override void Check(ReductionSpec reduction, LayerFaults faults)
    {
        if (reduction.Axes.Length == 0)
            faults.WrongCount("axes", 0, "at least 1", "something has to be brought together");
    }

    protected override LayerOutput? Infer(ReductionSpec reduction, LayerInput input, LayerFaults faults)
    {
        int rank = input.Shape.Rank;
        if (!HasAxes(reduction, input, faults))
            return null;
        bool[] isReduced = [.. Enumerable.Range(0, rank + 1).Select(axis => reduction.Reduces(axis, rank))];
        int[] lengths = [input.Shape.Channels, .. input.Shape.Axes];
        int[] left = reduction.KeepAxes
            ? [.. lengths.Select((length, axis) => isReduced[axis] ? 1 : length)]
            : [.. lengths.Where((_, axis) => !isReduced[axis])];
        int[] output = left.Length == 0 ? [1] : left;
        Reach reach = input.Reach.Reduce(input.Shape.Axes, [.. isReduced.Skip(1)]);
        if (!reduction.KeepAxes)
            reach = reach.Keep(KeptPositions(isReduced));
        return new LayerOutput { Shape = new TensorShape(output[0], output.Skip(1).ToEquatableArray()), Reach = reach };
    }

    /// <summary>The positions' axes that are still such: the first axis that is left is the channels'.</summary>
    private static bool[] KeptPositions(bool[] isReduced)
    {
        int channels = Array.IndexOf(isReduced, false);
        return [.. isReduced.Select((reduced, axis) => !reduced && axis != channels).Skip(1)];
    }

    private static bool HasAxes(ReductionSpec reduction, LayerInput input, LayerFaults faults)
    {
        int last = input.Shape.Rank + 1;
        for (int index = 0; index < reduction.Axes.Length; index++)
        {
            int written = reduction.Axes[index];
            string called = reduction.Axes.Length == 1 ? "axes" : $"axes[{Numbers.Text(index)}]";
            int axis = written < 0 ? written + last + 1 : written;
            if (axis < 1 || axis > last)
            {
                faults.OutOfRange(
                    "axes", index, called, Numbers.Text(written), $"1 to {Numbers.Text(last)}, or -1 to -{Numbers.Text(last)}",
                    $"its input {input.Shape} has as many axes, and the batch is none of them");
                return false;
            }

            if (reduction.Axes.Take(index).Any(other => (other < 0 ? other + last + 1 : other) == axis))
            {
                faults.OutOfRange("axes", index, called, Numbers.Text(written), "another axis than those before it", "an axis is reduced once");
                return false;
            }
        }

        return true;
    }
}
