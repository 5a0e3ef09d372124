using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>squares[c] = Σ_p (x[p][c] - mean[c])² over a range of channels.</summary>
/// <remarks>The chains and their order are those of <see cref="ColumnSum"/>.</remarks>
internal readonly ref struct SquaredDeviationSum(ref float x, nint positions, nint pitch, ref float mean, ref float squares) : IRangeKernel
{
    private readonly ref float _x = ref x;
    private readonly nint _positions = positions;
    private readonly nint _pitch = pitch;
    private readonly ref float _mean = ref mean;
    private readonly ref float _squares = ref squares;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        ref float x = ref _x;
        nint pitch = _pitch;
        nint positions = _positions;
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            TVector mean = TSimd.Load(ref _mean, c);
            TVector sum0 = TSimd.Zero, sum1 = TSimd.Zero, sum2 = TSimd.Zero, sum3 = TSimd.Zero;
            nint at = c;
            nint left = positions;
            for (; left >= 4; left -= 4, at += 4 * pitch)
            {
                sum0 = AddSquare<TSimd, TVector>(sum0, TSimd.Load(ref x, at), mean);
                sum1 = AddSquare<TSimd, TVector>(sum1, TSimd.Load(ref x, at + pitch), mean);
                sum2 = AddSquare<TSimd, TVector>(sum2, TSimd.Load(ref x, at + 2 * pitch), mean);
                sum3 = AddSquare<TSimd, TVector>(sum3, TSimd.Load(ref x, at + 3 * pitch), mean);
            }
            if (left > 0)
                sum0 = AddSquare<TSimd, TVector>(sum0, TSimd.Load(ref x, at), mean);
            if (left > 1)
                sum1 = AddSquare<TSimd, TVector>(sum1, TSimd.Load(ref x, at + pitch), mean);
            if (left > 2)
                sum2 = AddSquare<TSimd, TVector>(sum2, TSimd.Load(ref x, at + 2 * pitch), mean);
            TSimd.Store(TSimd.Add(TSimd.Add(sum0, sum1), TSimd.Add(sum2, sum3)), ref _squares, c);
        }
        return c;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AddSquare<TSimd, TVector>(TVector sum, TVector x, TVector mean)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector deviation = TSimd.Subtract(x, mean);
        return TSimd.MultiplyAdd(deviation, deviation, sum);
    }
}
