using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Cnn.CompilerServices;

/// <summary>Transposition in blocks of 8 x 8 on AVX.</summary>
/// <remarks>
/// Row r and row r + 4 are loaded into the halves of one vector, so that the exchange between halves costs loads instead of shuffles; what is left is a
/// 4 x 4 transposition inside each half: 16 shuffles for 64 floats.
/// </remarks>
internal static class Transpose256
{
    /// <summary>
    /// Floats of a cache line. Of as many rows together, each line is written whole: those whose distance is a power of two lie in few sets of the cache,
    /// which forgets lines that are left half done.
    /// </summary>
    private const int LineFloats = 16;

    /// <summary>Neighbouring lines of a row are fetched ahead; of more columns, the lines that are written lie in too many pages.</summary>
    private const int ColumnsTogether = 64;

    /// <summary>Rows and columns of a block.</summary>
    public const int Side = 8;

    /// <summary>Rows of which a column fits into half a vector.</summary>
    public const int Few = 4;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref float source, nint sourceStride, ref float destination, nint destinationStride, nint rows, nint columns)
    {
        if (rows is > 1 and <= Few && (destinationStride == rows || rows == Few))
        {
            FewRows(ref source, sourceStride, ref destination, destinationStride, rows, columns);
            return;
        }

        nint wholeRows = rows & ~7;
        nint wholeColumns = columns & ~7;
        for (nint c = 0; c < wholeColumns; c += ColumnsTogether)
        {
            nint end = nint.Min(c + ColumnsTogether, wholeColumns);
            nint r = 0;
            for (; r + LineFloats <= wholeRows; r += LineFloats)
            {
                for (nint column = c; column < end; column += 8)
                {
                    Block(ref source, sourceStride, ref destination, destinationStride, r, column);
                    Block(ref source, sourceStride, ref destination, destinationStride, r + 8, column);
                }
            }

            for (nint column = c; r < wholeRows && column < end; column += 8)
                Block(ref source, sourceStride, ref destination, destinationStride, r, column);
        }
        if (wholeColumns < columns)
            TransposeScalar.Rectangle(ref source, sourceStride, ref destination, destinationStride, 0, wholeRows, wholeColumns, columns);
        if (wholeRows < rows)
            TransposeScalar.Rectangle(ref source, sourceStride, ref destination, destinationStride, wholeRows, rows, 0, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block(ref float source, nint sourceStride, ref float destination, nint destinationStride, nint row, nint column)
    {
        ref float from = ref Unsafe.Add(ref source, (row * sourceStride) + column);
        ref float to = ref Unsafe.Add(ref destination, (column * destinationStride) + row);
        Block(ref from, sourceStride, ref to, destinationStride);
    }

    /// <summary>Eight rows of eight become columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block(ref float source, nint sourceStride, ref float destination, nint destinationStride)
    {
        Half(ref source, sourceStride, ref destination, destinationStride);
        Half(ref Unsafe.Add(ref source, 4), sourceStride, ref Unsafe.Add(ref destination, 4 * destinationStride), destinationStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Half(ref float source, nint sourceStride, ref float destination, nint destinationStride)
    {
        Columns(ref source, sourceStride, out Vector256<float> column0, out Vector256<float> column1, out Vector256<float> column2,
            out Vector256<float> column3);
        column0.StoreUnsafe(ref destination);
        column1.StoreUnsafe(ref Unsafe.Add(ref destination, destinationStride));
        column2.StoreUnsafe(ref Unsafe.Add(ref destination, 2 * destinationStride));
        column3.StoreUnsafe(ref Unsafe.Add(ref destination, 3 * destinationStride));
    }

    /// <summary>Four columns of eight rows, each in a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Columns(
        ref float source, nint sourceStride, out Vector256<float> column0, out Vector256<float> column1, out Vector256<float> column2,
        out Vector256<float> column3)
    {
        Vector256<float> rows04 = Rows(ref source, sourceStride);
        Vector256<float> rows15 = Rows(ref Unsafe.Add(ref source, sourceStride), sourceStride);
        Vector256<float> rows26 = Rows(ref Unsafe.Add(ref source, 2 * sourceStride), sourceStride);
        Vector256<float> rows37 = Rows(ref Unsafe.Add(ref source, 3 * sourceStride), sourceStride);
        Vector256<float> even01 = Avx.UnpackLow(rows04, rows26);
        Vector256<float> odd01 = Avx.UnpackLow(rows15, rows37);
        Vector256<float> even23 = Avx.UnpackHigh(rows04, rows26);
        Vector256<float> odd23 = Avx.UnpackHigh(rows15, rows37);
        column0 = Avx.UnpackLow(even01, odd01);
        column1 = Avx.UnpackHigh(even01, odd01);
        column2 = Avx.UnpackLow(even23, odd23);
        column3 = Avx.UnpackHigh(even23, odd23);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Rows(ref float source, nint stride)
        => Vector256.Create(Vector128.LoadUnsafe(ref source), Vector128.LoadUnsafe(ref Unsafe.Add(ref source, 4 * stride)));

    /// <summary>
    /// Rows of which a column fits into half a vector, one column right behind the other, as the colours of a picture: what a column writes too much, the
    /// next one writes over.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void FewRows(ref float source, nint sourceStride, ref float destination, nint destinationStride, nint rows, nint columns)
    {
        ref float second = ref Unsafe.Add(ref source, sourceStride);
        ref float third = ref Unsafe.Add(ref source, rows > 2 ? 2 * sourceStride : 0);
        ref float fourth = ref Unsafe.Add(ref source, rows > 3 ? 3 * sourceStride : 0);
        nint c = 0;
        for (; c + Vector256<float>.Count < columns; c += Vector256<float>.Count)
        {
            FewColumns(
                Vector256.LoadUnsafe(ref source, (nuint)c), Vector256.LoadUnsafe(ref second, (nuint)c), Vector256.LoadUnsafe(ref third, (nuint)c),
                Vector256.LoadUnsafe(ref fourth, (nuint)c), out Vector256<float> columns04, out Vector256<float> columns15,
                out Vector256<float> columns26, out Vector256<float> columns37);
            ref float to = ref Unsafe.Add(ref destination, c * destinationStride);
            columns04.GetLower().StoreUnsafe(ref to);
            columns15.GetLower().StoreUnsafe(ref Unsafe.Add(ref to, destinationStride));
            columns26.GetLower().StoreUnsafe(ref Unsafe.Add(ref to, 2 * destinationStride));
            columns37.GetLower().StoreUnsafe(ref Unsafe.Add(ref to, 3 * destinationStride));
            columns04.GetUpper().StoreUnsafe(ref Unsafe.Add(ref to, 4 * destinationStride));
            columns15.GetUpper().StoreUnsafe(ref Unsafe.Add(ref to, 5 * destinationStride));
            columns26.GetUpper().StoreUnsafe(ref Unsafe.Add(ref to, 6 * destinationStride));
            columns37.GetUpper().StoreUnsafe(ref Unsafe.Add(ref to, 7 * destinationStride));
        }

        TransposeScalar.Rectangle(ref source, sourceStride, ref destination, destinationStride, 0, rows, c, columns);
    }

    /// <summary>Eight columns of four rows, the first and the fifth in the halves of a vector, and so on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FewColumns(
        Vector256<float> row0, Vector256<float> row1, Vector256<float> row2, Vector256<float> row3, out Vector256<float> columns04,
        out Vector256<float> columns15, out Vector256<float> columns26, out Vector256<float> columns37)
    {
        Vector256<float> even02 = Avx.UnpackLow(row0, row2), even13 = Avx.UnpackLow(row1, row3);
        Vector256<float> odd02 = Avx.UnpackHigh(row0, row2), odd13 = Avx.UnpackHigh(row1, row3);
        columns04 = Avx.UnpackLow(even02, even13);
        columns15 = Avx.UnpackHigh(even02, even13);
        columns26 = Avx.UnpackLow(odd02, odd13);
        columns37 = Avx.UnpackHigh(odd02, odd13);
    }
}
