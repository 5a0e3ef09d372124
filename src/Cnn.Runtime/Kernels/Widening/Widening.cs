using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>Makes floats of a matrix in fewer bits: of the columns of a range of lanes, one vector of them after the other.</summary>
/// <param name="matrix">The matrix.</param>
/// <param name="rows">Its rows.</param>
/// <param name="lanes">Elements of a row, a multiple of 8.</param>
/// <param name="floats">Receives all of it.</param>
internal readonly ref struct Widening<TRow>(TRow matrix, nint rows, nint lanes, ref float floats) : IRangeKernel
    where TRow : struct, IStoredRow, allows ref struct
{
    private readonly TRow _matrix = matrix;
    private readonly nint _rows = rows;
    private readonly nint _lanes = lanes;
    private readonly ref float _floats = ref floats;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        // A field of a type that may not be readonly is copied before each call.
        TRow matrix = _matrix;
        nint lane = from;
        for (; lane <= to - (4 * TSimd.Lanes); lane += 4 * TSimd.Lanes)
            RunFour<TSimd, TVector>(lane);
        for (; lane <= to - TSimd.Lanes; lane += TSimd.Lanes)
        {
            TVector factor = matrix.Factors<TSimd, TVector>(lane);
            nint end = lane + (_rows * _lanes);
            for (nint element = lane; element < end; element += _lanes)
                TSimd.Store(matrix.Load<TSimd, TVector>(element, factor), ref _floats, element);
        }

        return lane;
    }

    /// <summary>Whole cache lines at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RunFour<TSimd, TVector>(nint lane)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TRow matrix = _matrix;
        ref float floats = ref _floats;
        nint lanes = _lanes;
        TVector f0 = matrix.Factors<TSimd, TVector>(lane), f1 = matrix.Factors<TSimd, TVector>(lane + TSimd.Lanes);
        TVector f2 = matrix.Factors<TSimd, TVector>(lane + (2 * TSimd.Lanes)), f3 = matrix.Factors<TSimd, TVector>(lane + (3 * TSimd.Lanes));
        nint end = lane + (_rows * _lanes);
        for (nint element = lane; element < end; element += lanes)
        {
            TSimd.Store(matrix.Load<TSimd, TVector>(element, f0), ref floats, element);
            TSimd.Store(matrix.Load<TSimd, TVector>(element + TSimd.Lanes, f1), ref floats, element + TSimd.Lanes);
            TSimd.Store(matrix.Load<TSimd, TVector>(element + (2 * TSimd.Lanes), f2), ref floats, element + (2 * TSimd.Lanes));
            TSimd.Store(matrix.Load<TSimd, TVector>(element + (3 * TSimd.Lanes), f3), ref floats, element + (3 * TSimd.Lanes));
        }
    }
}
