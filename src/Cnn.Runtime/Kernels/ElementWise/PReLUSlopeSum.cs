using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>sums[c] = Σ_p dy[p][c] x[p][c] where x is not positive, over a range of channels.</summary>
/// <remarks>Two chains, for even and odd positions, because each takes two loads and a comparison beside its multiply-add.</remarks>
internal readonly ref struct PReLUSlopeSum(ref float dy, ref float x, nint positions, nint pitch, ref float sums) : IRangeKernel
{
    private readonly ref float _dy = ref dy;
    private readonly ref float _x = ref x;
    private readonly nint _positions = positions;
    private readonly nint _pitch = pitch;
    private readonly ref float _sums = ref sums;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        ref float dy = ref _dy;
        ref float x = ref _x;
        nint pitch = _pitch;
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            TVector sum0 = TSimd.Zero, sum1 = TSimd.Zero;
            nint at = c;
            nint left = _positions;
            for (; left >= 2; left -= 2, at += 2 * pitch)
            {
                sum0 = Add<TSimd, TVector>(ref dy, ref x, at, sum0);
                sum1 = Add<TSimd, TVector>(ref dy, ref x, at + pitch, sum1);
            }
            if (left > 0)
                sum0 = Add<TSimd, TVector>(ref dy, ref x, at, sum0);
            TSimd.Store(TSimd.Add(sum0, sum1), ref _sums, c);
        }
        return c;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Add<TSimd, TVector>(ref float dy, ref float x, nint at, TVector sum)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector input = TSimd.Load(ref x, at);
        TVector product = TSimd.AndNot(TSimd.Load(ref dy, at), TSimd.GreaterThan(input, TSimd.Zero));
        return TSimd.MultiplyAdd(product, input, sum);
    }
}
