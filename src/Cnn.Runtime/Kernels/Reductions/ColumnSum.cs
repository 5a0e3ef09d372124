using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>sums[c] = Σ_p x[p][c] / divisor over a range of channels.</summary>
/// <remarks>
/// Four chains, one for each remainder of the position by 4, are combined as (0 + 1) + (2 + 3): the latency of the additions overlaps, and the order is
/// the same at every width.
/// </remarks>
internal readonly ref struct ColumnSum(ref float x, nint positions, nint pitch, float divisor, ref float sums) : IRangeKernel
{
    private readonly ref float _x = ref x;
    private readonly nint _positions = positions;
    private readonly nint _pitch = pitch;
    private readonly float _divisor = divisor;
    private readonly ref float _sums = ref sums;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        ref float x = ref _x;
        nint pitch = _pitch;
        nint positions = _positions;
        TVector divisor = TSimd.Create(_divisor);
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            TVector sum0 = TSimd.Zero, sum1 = TSimd.Zero, sum2 = TSimd.Zero, sum3 = TSimd.Zero;
            nint at = c;
            nint left = positions;
            for (; left >= 4; left -= 4, at += 4 * pitch)
            {
                sum0 = TSimd.Add(sum0, TSimd.Load(ref x, at));
                sum1 = TSimd.Add(sum1, TSimd.Load(ref x, at + pitch));
                sum2 = TSimd.Add(sum2, TSimd.Load(ref x, at + 2 * pitch));
                sum3 = TSimd.Add(sum3, TSimd.Load(ref x, at + 3 * pitch));
            }
            if (left > 0)
                sum0 = TSimd.Add(sum0, TSimd.Load(ref x, at));
            if (left > 1)
                sum1 = TSimd.Add(sum1, TSimd.Load(ref x, at + pitch));
            if (left > 2)
                sum2 = TSimd.Add(sum2, TSimd.Load(ref x, at + 2 * pitch));
            TVector sum = TSimd.Add(TSimd.Add(sum0, sum1), TSimd.Add(sum2, sum3));
            TSimd.Store(TSimd.Divide(sum, divisor), ref _sums, c);
        }
        return c;
    }
}
