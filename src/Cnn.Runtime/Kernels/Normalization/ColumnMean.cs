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
        TVector divisor = TSimd.Create(_positions);
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            TVector first = TSimd.Load(ref _x, c);
            TVector sum = ColumnChains.Sum<Difference, TSimd, TVector>(ref _x, c, _positions, _pitch, first);
            TSimd.Store(TSimd.Add(first, TSimd.Divide(sum, divisor)), ref _mean, c);
        }

        return c;
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
