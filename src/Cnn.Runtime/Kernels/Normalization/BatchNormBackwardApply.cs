using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>dx = weight inverseDeviation (dy - inverseCount Σdy - x̂ inverseCount Σdy x̂) over a range of channels.</summary>
internal readonly ref struct BatchNormBackwardApply(
    ref float dy,
    ref float x,
    ref float mean,
    ref float inverseDeviation,
    ref float weight,
    ref float biasGradient,
    ref float weightGradient,
    float inverseCount,
    ref float dx,
    nint positions,
    nint pitch)
    : IRangeKernel
{
    private readonly ref float _dy = ref dy;
    private readonly ref float _x = ref x;
    private readonly ref float _mean = ref mean;
    private readonly ref float _inverseDeviation = ref inverseDeviation;
    private readonly ref float _weight = ref weight;
    private readonly ref float _biasGradient = ref biasGradient;
    private readonly ref float _weightGradient = ref weightGradient;
    private readonly float _inverseCount = inverseCount;
    private readonly ref float _dx = ref dx;
    private readonly nint _positions = positions;
    private readonly nint _pitch = pitch;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        ref float dy = ref _dy;
        ref float x = ref _x;
        ref float dx = ref _dx;
        nint pitch = _pitch;
        nint end = _positions * pitch;
        TVector inverseCount = TSimd.Create(_inverseCount);
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            TVector mean = TSimd.Load(ref _mean, c);
            TVector inverseDeviation = TSimd.Load(ref _inverseDeviation, c);
            TVector factor = TSimd.Multiply(TSimd.Load(ref _weight, c), inverseDeviation);
            TVector shift = TSimd.Negate(TSimd.Multiply(inverseCount, TSimd.Load(ref _biasGradient, c)));
            TVector slope = TSimd.Negate(TSimd.Multiply(inverseDeviation, TSimd.Multiply(inverseCount, TSimd.Load(ref _weightGradient, c))));
            for (nint at = c; at < end; at += pitch)
            {
                TVector centred = TSimd.Subtract(TSimd.Load(ref x, at), mean);
                TVector gradient = TSimd.MultiplyAdd(centred, slope, TSimd.Add(TSimd.Load(ref dy, at), shift));
                TSimd.Store(TSimd.Multiply(factor, gradient), ref dx, at);
            }
        }
        return c;
    }
}
