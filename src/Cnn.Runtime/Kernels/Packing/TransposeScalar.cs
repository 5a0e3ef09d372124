using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>Transposition float by float: machines without vectors, and the edges that the vector texts leave.</summary>
internal static class TransposeScalar
{
    public static void Run(ref float source, nint sourceStride, ref float destination, nint destinationStride, nint rows, nint columns)
        => Rectangle(ref source, sourceStride, ref destination, destinationStride, 0, rows, 0, columns);

    /// <summary>The rows [firstRow, rows) and columns [firstColumn, columns).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Rectangle(
        ref float source, nint sourceStride, ref float destination, nint destinationStride, nint firstRow, nint rows, nint firstColumn, nint columns)
    {
        for (nint r = firstRow; r < rows; r++)
        {
            ref float from = ref Unsafe.Add(ref source, r * sourceStride);
            ref float to = ref Unsafe.Add(ref destination, firstColumn * destinationStride + r);
            for (nint c = firstColumn; c < columns; c++, to = ref Unsafe.Add(ref to, destinationStride))
                to = Unsafe.Add(ref from, c);
        }
    }
}
