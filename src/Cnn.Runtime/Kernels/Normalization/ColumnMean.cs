using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>mean[c] = x[0][c] + Σ_p (x[p][c] - x[0][c]) / positions over a range of channels.</summary>
/// <remarks>
/// Sums of differences, because norms divide what is left of x - mean by the deviation: the error grows with the deviation and not with the mean, by at most
/// about √positions roundings of the deviation where the first element is far off, and a constant map has exactly its constant for mean.
/// The chains and their order are those of <see cref="ColumnSum"/>.
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
        ref float x = ref _x;
        nint pitch = _pitch;
        nint positions = _positions;
        TVector divisor = TSimd.Create(positions);
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            TVector first = TSimd.Load(ref x, c);
            TVector sum0 = TSimd.Zero, sum1 = TSimd.Zero, sum2 = TSimd.Zero, sum3 = TSimd.Zero;
            nint at = c;
            nint left = positions;
            for (; left >= 4; left -= 4, at += 4 * pitch)
            {
                sum0 = AddDifference<TSimd, TVector>(sum0, TSimd.Load(ref x, at), first);
                sum1 = AddDifference<TSimd, TVector>(sum1, TSimd.Load(ref x, at + pitch), first);
                sum2 = AddDifference<TSimd, TVector>(sum2, TSimd.Load(ref x, at + 2 * pitch), first);
                sum3 = AddDifference<TSimd, TVector>(sum3, TSimd.Load(ref x, at + 3 * pitch), first);
            }
            if (left > 0)
                sum0 = AddDifference<TSimd, TVector>(sum0, TSimd.Load(ref x, at), first);
            if (left > 1)
                sum1 = AddDifference<TSimd, TVector>(sum1, TSimd.Load(ref x, at + pitch), first);
            if (left > 2)
                sum2 = AddDifference<TSimd, TVector>(sum2, TSimd.Load(ref x, at + 2 * pitch), first);
            TVector sum = TSimd.Add(TSimd.Add(sum0, sum1), TSimd.Add(sum2, sum3));
            TSimd.Store(TSimd.Add(first, TSimd.Divide(sum, divisor)), ref _mean, c);
        }
        return c;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AddDifference<TSimd, TVector>(TVector sum, TVector x, TVector first)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.Add(sum, TSimd.Subtract(x, first));
}
