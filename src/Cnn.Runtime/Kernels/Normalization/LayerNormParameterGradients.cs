using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>weightGradient += dy (x - mean) inverseDeviation and biasGradient += dy over a range of floats; the first image overwrites.</summary>
internal readonly ref struct LayerNormParameterGradients(
    ref float dy, ref float x, float mean, float inverseDeviation, ref float weightGradient, ref float biasGradient, bool first) : IRangeKernel
{
    private readonly ref float _dy = ref dy;
    private readonly ref float _x = ref x;
    private readonly float _mean = mean;
    private readonly float _inverseDeviation = inverseDeviation;
    private readonly ref float _weightGradient = ref weightGradient;
    private readonly ref float _biasGradient = ref biasGradient;
    private readonly bool _first = first;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        ref float dy = ref _dy;
        ref float x = ref _x;
        ref float weightGradient = ref _weightGradient;
        ref float biasGradient = ref _biasGradient;
        TVector mean = TSimd.Create(_mean);
        TVector inverseDeviation = TSimd.Create(_inverseDeviation);
        nint i = from;
        for (; i <= to - TSimd.Lanes; i += TSimd.Lanes)
        {
            TVector gradient = TSimd.Load(ref dy, i);
            TVector normalised = TSimd.Multiply(TSimd.Subtract(TSimd.Load(ref x, i), mean), inverseDeviation);
            TVector weight = _first ? TSimd.Zero : TSimd.Load(ref weightGradient, i);
            TVector bias = _first ? TSimd.Zero : TSimd.Load(ref biasGradient, i);
            TSimd.Store(TSimd.MultiplyAdd(gradient, normalised, weight), ref weightGradient, i);
            TSimd.Store(TSimd.Add(gradient, bias), ref biasGradient, i);
        }
        return i;
    }
}
