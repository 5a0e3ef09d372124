using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>mean[c] = x[0][c] + Σ_p (x[p][c] - x[0][c]) / positions over a range of channels.</summary>
/// <remarks>
/// Sums of differences, because norms divide what is left of x - mean by the deviation: the error grows with the deviation and not with the mean, by at most
/// about √positions roundings of the deviation where the first element is far off, and a constant map has exactly its constant for mean.
/// The chains and their order are those of <see cref="ColumnChains"/>.
/// </remarks>
internal readonly ref struct ColumnMean(ref float x, nint positions, nint pitch, ref float mean) : IRangeKernel
{
    private readonly ref float _x = ref x;
    private readonly nint _positions = positions;
    private readonly nint _pitch = pitch;
    private readonly ref float _mean = ref mean;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint end = ColumnChains.Sums<Difference, TSimd, TVector>(ref _x, from, to, _positions, _pitch, ref _x, ref _mean);
        TVector divisor = TSimd.Create(_positions);
        for (nint c = from; c < end; c += TSimd.Lanes)
            TSimd.Store(TSimd.Add(TSimd.Load(ref _x, c), TSimd.Divide(TSimd.Load(ref _mean, c), divisor)), ref _mean, c);
        return end;
    }

    /// <summary>x - first.</summary>
    private readonly struct Difference : IColumnTerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Add<TSimd, TVector>(TVector sum, TVector x, TVector reference)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
            => TSimd.Add(sum, TSimd.Subtract(x, reference));
    }
}
