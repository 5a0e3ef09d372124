using Cnn.Definitions;
using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>The weights of a resized axis by output: where each output's begin, of which elements they are, and the weights themselves.</summary>
internal sealed record AxisTable(EquatableArray<int> Starts, EquatableArray<int> Indices, EquatableArray<float> Weights)
{
    /// <param name="axis">The axis.</param>
    /// <param name="isTransposed">Whether the table is by input instead, with the outputs as elements: its gradient's.</param>
    public static AxisTable Of(ResampledAxis axis, bool isTransposed)
    {
        int count = isTransposed ? axis.Length : axis.Outputs;
        List<(int Index, double Weight)>[] rows = [.. Enumerable.Range(0, count).Select(static _ => new List<(int, double)>())];
        for (int output = 0; output < axis.Outputs; output++)
        {
            foreach ((int index, double weight) in axis.Taps(output))
                rows[isTransposed ? index : output].Add((isTransposed ? output : index, weight));
        }

        List<int> starts = [0];
        foreach (List<(int, double)> row in rows)
            starts.Add(starts[starts.Count - 1] + row.Count);
        return new AxisTable(
            starts.ToEquatableArray(),
            rows.SelectMany(static row => row).Select(static tap => tap.Index).ToEquatableArray(),
            rows.SelectMany(static row => row).Select(static tap => (float)tap.Weight).ToEquatableArray());
    }

    /// <summary>The kernel along an axis: what lies inside of it is one run where it is contiguous, and else loops, as the axes outside of it are.</summary>
    public KernelCall Call(int axis, Value x, Value y)
    {
        int rank = x.Layout.Axes.Length;
        int run = x.Layout.Pitch;
        for (int inner = axis + 1; inner < rank; inner++)
            run *= x.Layout.Axes[inner];
        bool isRun = x.Layout.Stride(axis) == run && y.Layout.Stride(axis) == run;
        int[] looped = [.. Enumerable.Range(0, rank).Where(other => other < axis || (other > axis && !isRun))];
        EquatableArray<int> Steps(TensorLayout layout) => looped.Select(layout.Stride).ToEquatableArray();
        // A reference needs a place, even where no output has an element.
        EquatableArray<float> weights = Weights.Length > 0 ? Weights : [0];
        return KernelCall.Of(RuntimeKernel.ResampleAxis).Loop(looped.Select(other => x.Layout.Axes[other]).ToEquatableArray())
            .Moving("x", Access.In, x.Interior, Steps(x.Layout)).Numbers(x.Layout.Stride(axis))
            .Moving("y", Access.Out, y.Interior, Steps(y.Layout)).Numbers(y.Layout.Stride(axis))
            .Argue(new NumbersArgument(Starts)).Argue(new NumbersArgument(Indices)).Argue(new ConstantsArgument(weights))
            .Numbers(isRun ? run : x.Layout.Pitch);
    }
}
