using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y = (x - mean) inverseDeviation weight + bias over a range of floats.</summary>
internal readonly ref struct LayerNormNormalize(
    ref float x, float mean, float inverseDeviation, ref float weight, ref float bias, ref float y) : IRangeKernel
{
    private readonly ref float _x = ref x;
    private readonly float _mean = mean;
    private readonly float _inverseDeviation = inverseDeviation;
    private readonly ref float _weight = ref weight;
    private readonly ref float _bias = ref bias;
    private readonly ref float _y = ref y;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        ref float x = ref _x;
        ref float weight = ref _weight;
        ref float bias = ref _bias;
        ref float y = ref _y;
        TVector mean = TSimd.Create(_mean);
        TVector inverseDeviation = TSimd.Create(_inverseDeviation);
        nint i = from;
        for (; i <= to - TSimd.Lanes; i += TSimd.Lanes)
        {
            TVector normalised = TSimd.Multiply(TSimd.Subtract(TSimd.Load(ref x, i), mean), inverseDeviation);
            TSimd.Store(TSimd.MultiplyAdd(normalised, TSimd.Load(ref weight, i), TSimd.Load(ref bias, i)), ref y, i);
        }
        return i;
    }
}
