using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>
/// Brings the sums of a convolution's last few channels, which have other things than channels in their lanes, among those of the other channels.
/// </summary>
internal static class LastChannels
{
    /// <summary>Outputs: a transposition for each row.</summary>
    /// <param name="lanes">The last channels.</param>
    /// <param name="stem">What the method is called after.</param>
    /// <param name="sums">The sums.</param>
    /// <param name="y">The first of the channels at the first position of the output.</param>
    public static Step Merge(PositionLanes lanes, string stem, Address sums, Address y)
    {
        int axes = lanes.Output.Axes.Length;
        int row = axes == 0 ? 1 : lanes.Output.Axes[axes - 1];
        int outer = Math.Max(0, axes - 1);
        return KernelCall.Of(RuntimeKernel.TransposeBlock)
            .Loop(lanes.Output.Axes.Take(outer).ToEquatableArray())
            .Moving("sums", Access.In, sums, Enumerable.Range(0, outer).Select(axis => lanes.Input.Stride(axis) / lanes.Input.Pitch).ToEquatableArray())
            .Numbers(lanes.SumStride)
            .Moving("y", Access.Out, y, Enumerable.Range(0, outer).Select(lanes.Output.Stride).ToEquatableArray())
            .Numbers(lanes.Output.Pitch, PositionLanes.StoredLanes, row)
            .Step(stem + "Merge", "y[p][c] = sums[c][p]");
    }

    /// <summary>A weight's gradient: a transposition for each tap.</summary>
    /// <param name="lanes">The last channels.</param>
    /// <param name="stem">What the method is called after.</param>
    /// <param name="sums">The sums: [outer tap][channel][tap, input].</param>
    /// <param name="dw">The weight's gradient.</param>
    public static Step Merge(TapLanes lanes, string stem, Address sums, Address dw)
    {
        int tap = lanes.Inputs * TapLanes.StoredLanes;
        return KernelCall.Of(RuntimeKernel.TransposeBlock)
            .Loop([lanes.OuterTaps, lanes.Taps])
            .Moving("sums", Access.In, sums, [lanes.Channels * lanes.Width, lanes.TapPitch])
            .Numbers(lanes.Width)
            .Moving("dw", Access.Out, dw.Ahead(lanes.GradientOffset), [lanes.Taps * tap, tap])
            .Numbers(TapLanes.StoredLanes, lanes.Channels, lanes.Inputs)
            .Step(stem + "Merge", "dw[tap][input][channel] = sums[channel][tap][input]");
    }
}
