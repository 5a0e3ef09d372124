using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>sumDy[c] = Σ_p dy[p][c] and sumDyXhat[c] = Σ_p dy[p][c] x̂[p][c] over a range of channels.</summary>
/// <remarks>
/// The inverse deviation is a factor of the whole sum. Two chains a sum, for even and odd positions: with four, two cache-line-wide sums would not fit
/// the registers of AVX2.
/// </remarks>
internal readonly ref struct BatchNormBackwardSum(
    ref float dy, ref float x, ref float mean, ref float inverseDeviation, nint positions, nint pitch, ref float sumDy, ref float sumDyXhat)
    : IRangeKernel
{
    private readonly ref float _dy = ref dy;
    private readonly ref float _x = ref x;
    private readonly ref float _mean = ref mean;
    private readonly ref float _inverseDeviation = ref inverseDeviation;
    private readonly nint _positions = positions;
    private readonly nint _pitch = pitch;
    private readonly ref float _sumDy = ref sumDy;
    private readonly ref float _sumDyXhat = ref sumDyXhat;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        ref float dy = ref _dy;
        ref float x = ref _x;
        nint pitch = _pitch;
        nint positions = _positions;
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            TVector mean = TSimd.Load(ref _mean, c);
            TVector sum0 = TSimd.Zero, sum1 = TSimd.Zero;
            TVector dot0 = TSimd.Zero, dot1 = TSimd.Zero;
            nint at = c;
            nint left = positions;
            for (; left >= 2; left -= 2, at += 2 * pitch)
            {
                Add<TSimd, TVector>(ref dy, ref x, at, mean, ref sum0, ref dot0);
                Add<TSimd, TVector>(ref dy, ref x, at + pitch, mean, ref sum1, ref dot1);
            }
            if (left > 0)
                Add<TSimd, TVector>(ref dy, ref x, at, mean, ref sum0, ref dot0);
            TSimd.Store(TSimd.Add(sum0, sum1), ref _sumDy, c);
            TSimd.Store(TSimd.Multiply(TSimd.Add(dot0, dot1), TSimd.Load(ref _inverseDeviation, c)), ref _sumDyXhat, c);
        }
        return c;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TSimd, TVector>(ref float dy, ref float x, nint at, TVector mean, ref TVector sum, ref TVector dot)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector gradient = TSimd.Load(ref dy, at);
        sum = TSimd.Add(sum, gradient);
        dot = TSimd.MultiplyAdd(gradient, TSimd.Subtract(TSimd.Load(ref x, at), mean), dot);
    }
}
