using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cnn.CompilerServices;

/// <summary>Kernels that treat each float, or each channel of a channels-last map, alone.</summary>
/// <remarks>Counts and pitches are multiples of 8. Results are exact to the bit on every set with fused multiply-add.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ElementWise
{
    /// <summary>y[i] = f(x[i]).</summary>
    /// <param name="activation">f, with its numbers.</param>
    /// <param name="x">Input [count].</param>
    /// <param name="y">Output [count]; may be <paramref name="x"/>.</param>
    /// <param name="count">Floats, a multiple of 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<TActivation>(TActivation activation, ref float x, ref float y, nint count)
        where TActivation : struct, IActivation
        => WidthLadder.Run(new ActivationForward<TActivation>(activation, ref x, ref y), count);

    /// <summary>dx[i] = f'(x[i]) dy[i].</summary>
    /// <param name="activation">f, with its numbers.</param>
    /// <param name="dy">Gradient of the output [count].</param>
    /// <param name="saved">The output y [count] where <see cref="IActivation.UsesOutput"/>, else the input x.</param>
    /// <param name="dx">Gradient of the input [count], overwritten; may be <paramref name="dy"/>.</param>
    /// <param name="count">Floats, a multiple of 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward<TActivation>(TActivation activation, ref float dy, ref float saved, ref float dx, nint count)
        where TActivation : struct, IActivation
        => WidthLadder.Run(new ActivationBackward<TActivation>(activation, ref dy, ref saved, ref dx), count);

    /// <summary>y[i] = a[i] + b[i].</summary>
    /// <param name="a">First summand [count].</param>
    /// <param name="b">Second summand [count].</param>
    /// <param name="y">Sum [count]; may be either summand.</param>
    /// <param name="count">Floats, a multiple of 8.</param>
    public static void Add(ref float a, ref float b, ref float y, nint count) => WidthLadder.Run(new Addition(ref a, ref b, ref y), count);

    /// <summary>y[i] = epilogue(sums[i], residuals[i]).</summary>
    /// <param name="epilogue">What is done to the sums.</param>
    /// <param name="sums">Finished sums [count].</param>
    /// <param name="residuals">Residuals [count].</param>
    /// <param name="y">Output [count]; may be <paramref name="sums"/> or <paramref name="residuals"/>.</param>
    /// <param name="count">Floats, a multiple of 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Finish<TEpilogue>(TEpilogue epilogue, ref float sums, ref float residuals, ref float y, nint count)
        where TEpilogue : struct, IEpilogue
        => WidthLadder.Run(new EpiloguePass<TEpilogue>(epilogue, ref sums, ref residuals, ref y), count);

    /// <summary>y[i] = 0.</summary>
    /// <param name="y">Output [count].</param>
    /// <param name="count">Floats, any number.</param>
    public static void Clear(ref float y, nint count) => MemoryMarshal.CreateSpan(ref y, checked((int)count)).Clear();

    /// <summary>Zeros at equal distances: what lies between the rows of a map.</summary>
    /// <param name="y">The first float of the first gap.</param>
    /// <param name="gap">Floats of a gap, any number.</param>
    /// <param name="count">How many gaps.</param>
    /// <param name="stride">Floats from one gap to the next.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void ClearGaps(ref float y, nint gap, nint count, nint stride)
    {
        int length = checked((int)gap);
        for (nint index = 0; index < count; index++)
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref y, index * stride), length).Clear();
    }

    /// <summary>y[i] = x[i].</summary>
    /// <param name="x">Input [count].</param>
    /// <param name="y">Output [count]; may overlap <paramref name="x"/>.</param>
    /// <param name="count">Floats, any number.</param>
    public static void Copy(ref float x, ref float y, nint count)
    {
        int length = checked((int)count);
        MemoryMarshal.CreateSpan(ref x, length).CopyTo(MemoryMarshal.CreateSpan(ref y, length));
    }

    /// <summary>y[p][c] = x[p][c] scale[c] + shift[c].</summary>
    /// <param name="x">Input [positions][pitch].</param>
    /// <param name="scale">Factor of each channel [pitch].</param>
    /// <param name="shift">Summand of each channel [pitch].</param>
    /// <param name="y">Output [positions][pitch]; may be <paramref name="x"/>.</param>
    /// <param name="positions">Positions of the map.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    public static void ScaleShift(ref float x, ref float scale, ref float shift, ref float y, nint positions, nint pitch)
        => WidthLadder.RunColumns(new ChannelScaleShift(ref x, ref scale, ref shift, ref y, positions, pitch), pitch);
}
