using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.CompilerServices;

/// <summary>Runs a kernel on the widest set in use, and what that leaves over on the next narrower one.</summary>
/// <remarks>Ranges are multiples of 8 floats, so only the 512-bit text ever leaves something, and never more than one 256-bit vector.</remarks>
internal static class WidthLadder
{
    /// <summary>Works through [0, <paramref name="count"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TKernel>(TKernel kernel, nint count)
        where TKernel : struct, IRangeKernel, allows ref struct
    {
        nint done = 0;
        if (KernelSet.UseAvx512)
            done = kernel.Run<Simd512, Vector512<float>>(done, count);
        RunNarrow(kernel, done, count);
    }

    /// <summary>Works through the channels [0, <paramref name="pitch"/>) of a channels-last map, a cache line of each position at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunColumns<TKernel>(TKernel kernel, nint pitch)
        where TKernel : struct, IRangeKernel, allows ref struct
    {
        nint done = 0;
        if (KernelSet.UseAvx512)
            done = kernel.Run<Simd512, Vector512<float>>(done, pitch);
        if (done < pitch && KernelSet.UseAvx2)
            done = kernel.Run<SimdPair<Simd256, Vector256<float>>, VectorPair<Vector256<float>>>(done, pitch);
        RunNarrow(kernel, done, pitch);
    }

    /// <summary>Works through [<paramref name="from"/>, <paramref name="to"/>) in vectors of at most 256 bits, for kernels whose unit is 8 floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunNarrow<TKernel>(TKernel kernel, nint from, nint to)
        where TKernel : struct, IRangeKernel, allows ref struct
    {
        nint done = from;
        if (done < to && KernelSet.UseAvx2)
            done = kernel.Run<Simd256, Vector256<float>>(done, to);
        if (done < to && KernelSet.UseVector128)
            done = kernel.Run<Simd128, Vector128<float>>(done, to);
        if (done < to)
            kernel.Run<SimdScalar, float>(done, to);
    }
}
