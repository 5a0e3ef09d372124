using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>Reductions of channels-last maps over any of their axes.</summary>
/// <remarks>
/// The positions that become one are given as three nested loops. Sums of each channel have four chains, by the index of the innermost loop, combined as
/// (0 + 1) + (2 + 3); sums over channels too have eight, for the remainders of the channel by 8, combined as in <see cref="SoftmaxKernels"/>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class AxisReductions
{
    /// <summary>One number of each channel's, over positions.</summary>
    /// <param name="reduction">The reduction.</param>
    /// <param name="x">The first position.</param>
    /// <param name="outer">How often the outermost loop runs.</param>
    /// <param name="outerStep">Floats of one of its steps.</param>
    /// <param name="middle">How often the next loop runs.</param>
    /// <param name="middleStep">Floats of one of its steps.</param>
    /// <param name="inner">How often the innermost loop runs.</param>
    /// <param name="innerStep">Floats of one of its steps.</param>
    /// <param name="y">Output [pitch].</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Positions<TReduction>(
        TReduction reduction, ref float x, nint outer, nint outerStep, nint middle, nint middleStep, nint inner, nint innerStep, ref float y, nint pitch)
        where TReduction : struct, IReduction
        => WidthLadder.RunColumns(
            new PositionReduction<TReduction>(reduction, ref x, new(outer, outerStep, middle, middleStep, inner, innerStep), ref y), pitch);

    /// <summary>The gradients of <see cref="Positions"/>.</summary>
    /// <param name="reduction">The reduction.</param>
    /// <param name="dy">Gradient of the output [pitch].</param>
    /// <param name="y">The output [pitch]; anything unless <see cref="IReduction.NeedsValues"/>.</param>
    /// <param name="x">The first position of the input; anything unless <see cref="IReduction.NeedsValues"/>.</param>
    /// <param name="dx">The first position of its gradient, overwritten; lies as the input does.</param>
    /// <param name="outer">How often the outermost loop runs.</param>
    /// <param name="outerStep">Floats of one of its steps.</param>
    /// <param name="middle">How often the next loop runs.</param>
    /// <param name="middleStep">Floats of one of its steps.</param>
    /// <param name="inner">How often the innermost loop runs.</param>
    /// <param name="innerStep">Floats of one of its steps.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PositionsBackward<TReduction>(
        TReduction reduction, ref float dy, ref float y, ref float x, ref float dx, nint outer, nint outerStep, nint middle, nint middleStep, nint inner,
        nint innerStep, nint pitch)
        where TReduction : struct, IReduction
        => WidthLadder.RunColumns(
            new PositionReductionBackward<TReduction>(
                reduction, ref dy, ref y, ref x, ref dx, new(outer, outerStep, middle, middleStep, inner, innerStep)),
            pitch);

    /// <summary>One number of all channels', over positions, for each of several rows.</summary>
    /// <param name="reduction">The reduction.</param>
    /// <param name="x">The first position of the first row.</param>
    /// <param name="xStep">Floats from one row to the next.</param>
    /// <param name="outer">How often the outermost loop runs.</param>
    /// <param name="outerStep">Floats of one of its steps.</param>
    /// <param name="middle">How often the next loop runs.</param>
    /// <param name="middleStep">Floats of one of its steps.</param>
    /// <param name="inner">How often the innermost loop runs.</param>
    /// <param name="innerStep">Floats of one of its steps.</param>
    /// <param name="y">The first output.</param>
    /// <param name="yStep">Floats from one output to the next.</param>
    /// <param name="rows">Outputs.</param>
    /// <param name="channels">Channels of a position.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Channels<TReduction>(
        TReduction reduction, ref float x, nint xStep, nint outer, nint outerStep, nint middle, nint middleStep, nint inner, nint innerStep, ref float y,
        nint yStep, nint rows, nint channels)
        where TReduction : struct, IReduction
        => WidthLadder.RunNarrow(
            new ChannelReduction<TReduction>(
                reduction, ref x, xStep, new(outer, outerStep, middle, middleStep, inner, innerStep), ref y, yStep, channels),
            0, rows);

    /// <summary>The gradients of <see cref="Channels"/>; those of the padding behind the channels are 0.</summary>
    /// <param name="reduction">The reduction.</param>
    /// <param name="dy">Gradient of the first output.</param>
    /// <param name="dyStep">Floats from one to the next.</param>
    /// <param name="y">The first output; anything unless <see cref="IReduction.NeedsValues"/>.</param>
    /// <param name="yStep">Floats from one to the next.</param>
    /// <param name="x">The first position of the input's first row; anything unless <see cref="IReduction.NeedsValues"/>.</param>
    /// <param name="dx">The first position of its gradient's, overwritten; lies as the input does.</param>
    /// <param name="xStep">Floats from one row to the next.</param>
    /// <param name="outer">How often the outermost loop runs.</param>
    /// <param name="outerStep">Floats of one of its steps.</param>
    /// <param name="middle">How often the next loop runs.</param>
    /// <param name="middleStep">Floats of one of its steps.</param>
    /// <param name="inner">How often the innermost loop runs.</param>
    /// <param name="innerStep">Floats of one of its steps.</param>
    /// <param name="rows">Outputs.</param>
    /// <param name="channels">Channels of a position.</param>
    /// <param name="pitch">Floats of a position, a multiple of 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ChannelsBackward<TReduction>(
        TReduction reduction, ref float dy, nint dyStep, ref float y, nint yStep, ref float x, ref float dx, nint xStep, nint outer, nint outerStep,
        nint middle, nint middleStep, nint inner, nint innerStep, nint rows, nint channels, nint pitch)
        where TReduction : struct, IReduction
        => WidthLadder.RunNarrow(
            new ChannelReductionBackward<TReduction>(
                reduction, ref dy, dyStep, ref y, yStep, ref x, ref dx, xStep, new(outer, outerStep, middle, middleStep, inner, innerStep), channels, pitch),
            0, rows);
}
