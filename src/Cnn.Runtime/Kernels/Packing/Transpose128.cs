using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.Wasm;
using System.Runtime.Intrinsics.X86;

namespace Cnn.CompilerServices;

/// <summary>Transposition in blocks of 4 x 4 on 128-bit vectors.</summary>
internal static class Transpose128
{
    /// <summary>False on WebAssembly, whose interpreter calls a function for each shuffle: lane by lane is then ten times as fast.</summary>
    public static bool IsFast => !PackedSimd.IsSupported;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref float source, nint sourceStride, ref float destination, nint destinationStride, nint rows, nint columns)
    {
        nint wholeRows = rows & ~3;
        nint wholeColumns = columns & ~3;
        for (nint r = 0; r < wholeRows; r += 4)
        {
            for (nint c = 0; c < wholeColumns; c += 4)
            {
                ref float from = ref Unsafe.Add(ref source, r * sourceStride + c);
                ref float to = ref Unsafe.Add(ref destination, c * destinationStride + r);
                Block(ref from, sourceStride, ref to, destinationStride);
            }
        }
        if (wholeColumns < columns)
            TransposeScalar.Rectangle(ref source, sourceStride, ref destination, destinationStride, 0, wholeRows, wholeColumns, columns);
        if (wholeRows < rows)
            TransposeScalar.Rectangle(ref source, sourceStride, ref destination, destinationStride, wholeRows, rows, 0, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block(ref float source, nint sourceStride, ref float destination, nint destinationStride)
    {
        Vector128<float> row0 = Vector128.LoadUnsafe(ref source);
        Vector128<float> row1 = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, sourceStride));
        Vector128<float> row2 = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, 2 * sourceStride));
        Vector128<float> row3 = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, 3 * sourceStride));
        Vector128<float> even01 = InterleaveLow(row0, row2);
        Vector128<float> odd01 = InterleaveLow(row1, row3);
        Vector128<float> even23 = InterleaveHigh(row0, row2);
        Vector128<float> odd23 = InterleaveHigh(row1, row3);
        InterleaveLow(even01, odd01).StoreUnsafe(ref destination);
        InterleaveHigh(even01, odd01).StoreUnsafe(ref Unsafe.Add(ref destination, destinationStride));
        InterleaveLow(even23, odd23).StoreUnsafe(ref Unsafe.Add(ref destination, 2 * destinationStride));
        InterleaveHigh(even23, odd23).StoreUnsafe(ref Unsafe.Add(ref destination, 3 * destinationStride));
    }

    /// <summary>a0 b0 a1 b1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveLow(Vector128<float> a, Vector128<float> b)
    {
        if (Sse.IsSupported)
            return Sse.UnpackLow(a, b);
        return AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b) : Vector128.Create(a[0], b[0], a[1], b[1]);
    }

    /// <summary>a2 b2 a3 b3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveHigh(Vector128<float> a, Vector128<float> b)
    {
        if (Sse.IsSupported)
            return Sse.UnpackHigh(a, b);
        return AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b) : Vector128.Create(a[2], b[2], a[3], b[3]);
    }
}
