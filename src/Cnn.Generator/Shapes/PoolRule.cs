using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[MaxPool] and [AvgPool]: PyTorch's formulas, in every rank.</summary>
internal sealed class PoolRule : LayerRule<PoolSpec>
{
    protected override void Check(PoolSpec pool, LayerFaults faults) => WindowRule.Check(pool.Window, faults);

    protected override LayerOutput? Infer(PoolSpec pool, LayerInput input, LayerFaults faults)
    {
        if (!input.HasAxes(faults)
            || WindowRule.Resolve(pool.Window, input, faults) is not { } window
            || !PaddingFits(pool, window, faults)
            || Lengths(pool, window, input, faults) is not { } lengths
            || !EachWindowSees(pool, window, input, faults)
            || !faults.Fits("output", [input.Shape.Channels, .. lengths]))
            return null;

        return new LayerOutput
        {
            Shape = input.Shape with { Axes = lengths.Select(static length => (int)length).ToEquatableArray() },
            Reach = input.Reach.Slide(window),
            Window = window,
        };
    }

    /// <summary>PyTorch: "pad should be at most half of kernel size", for each end.</summary>
    private static bool PaddingFits(PoolSpec pool, WindowShape window, LayerFaults faults)
    {
        int rank = window.Kernel.Length;
        for (int i = 0; i < 2 * rank; i++)
        {
            int axis = i % rank;
            int padding = i < rank ? window.PaddingBegin[axis] : window.PaddingEnd[axis];
            int half = window.Kernel[axis] / 2;
            if (padding <= half)
                continue;
            (string argument, int element) = pool.Window.Paddings is { } paddings ? ("Paddings", i % paddings.Length) : ("Padding", -1);
            string end = (i < rank ? "start" : "end") + " of the " + WindowRule.AxisName(rank, axis);
            faults.Add(
                FaultIds.PoolPaddingTooLarge, argument, element, -1,
                pool.Name, Numbers.Text(padding), end, Numbers.Text(half), Numbers.Text(window.Kernel[axis]));
            return false;
        }

        return true;
    }

    /// <summary>
    /// With a dilation beyond the input's length, all elements of a window that starts in the padding can lie around the input; any that starts behind the
    /// padding has its first element in it.
    /// </summary>
    private static bool EachWindowSees(PoolSpec pool, WindowShape window, LayerInput input, LayerFaults faults)
    {
        for (int axis = 0; axis < window.Kernel.Length; axis++)
        {
            long begin = window.PaddingBegin[axis];
            long dilation = window.Dilation[axis];
            if (dilation <= input.Shape.Axes[axis])
                continue;
            for (long start = -begin; start < 0; start += window.Stride[axis])
            {
                // The first element at 0 or behind it.
                long first = start + ((-start + dilation - 1) / dilation * dilation);
                if (first < input.Shape.Axes[axis])
                    continue;
                faults.Add(
                    FaultIds.WindowSeesPadding, "Dilation", -1, input.Layer, pool.Name, WindowRule.AxisName(window.Kernel.Length, axis), input.Shape.ToString(),
                    Numbers.Text(start), Numbers.Text(first), Numbers.Text(dilation));
                return false;
            }
        }

        return true;
    }

    private static long[]? Lengths(PoolSpec pool, WindowShape window, LayerInput input, LayerFaults faults)
    {
        if (!pool.CeilMode)
            return WindowRule.Lengths(pool.Kind, window, pool.Window, input, faults);

        long[] lengths = new long[window.Kernel.Length];
        for (int axis = 0; axis < lengths.Length; axis++)
        {
            long padded = WindowRule.PaddedLength(window, input, axis);
            long extent = WindowRule.Extent(window, axis);
            long stride = window.Stride[axis];
            if (padded - extent + stride <= 0)
            {
                WindowFit.Add(FaultIds.EmptyOutput, pool.Kind, window, pool.Window, input, axis, faults);
                return null;
            }

            // Rounded up; but a window that starts in the padding at the end, or behind it, is dropped.
            long length = ((padded - extent + stride - 1) / stride) + 1;
            lengths[axis] = (length - 1) * stride >= (long)input.Shape.Axes[axis] + window.PaddingBegin[axis] ? length - 1 : length;
        }

        return lengths;
    }
}
