using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y[p][c] = (x[p][c] - mean[c]) (inverseDeviation[c] weight[c]) + bias[c] over a range of channels.</summary>
/// <remarks>The mean is subtracted first: folded into the bias it would cancel against x where the mean is large beside the deviation.</remarks>
internal readonly ref struct BatchNormNormalize(
    ref float x, ref float mean, ref float inverseDeviation, ref float weight, ref float bias, ref float y, nint positions, nint pitch)
    : IRangeKernel
{
    private readonly ref float _x = ref x;
    private readonly ref float _mean = ref mean;
    private readonly ref float _inverseDeviation = ref inverseDeviation;
    private readonly ref float _weight = ref weight;
    private readonly ref float _bias = ref bias;
    private readonly ref float _y = ref y;
    private readonly nint _positions = positions;
    private readonly nint _pitch = pitch;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        ref float x = ref _x;
        ref float y = ref _y;
        nint pitch = _pitch;
        nint end = _positions * pitch;
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            TVector mean = TSimd.Load(ref _mean, c);
            TVector scale = TSimd.Multiply(TSimd.Load(ref _inverseDeviation, c), TSimd.Load(ref _weight, c));
            TVector bias = TSimd.Load(ref _bias, c);
            for (nint at = c; at < end; at += pitch)
                TSimd.Store(TSimd.MultiplyAdd(TSimd.Subtract(TSimd.Load(ref x, at), mean), scale, bias), ref y, at);
        }
        return c;
    }
}
