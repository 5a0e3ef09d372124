using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y[p][c] = epilogue((x[p][c] - mean[c]) (inverseDeviation[c] weight[c]) + bias[c], residual[p][c]) over a range of channels.</summary>
/// <remarks>The mean is subtracted first: folded into the bias it would cancel against x where the mean is large beside the deviation.</remarks>
internal readonly ref struct BatchNormNormalize<TEpilogue>(
    ref float x, ref float mean, ref float inverseDeviation, ref float weight, ref float bias, ref float residual, ref float y, nint positions, nint pitch,
    TEpilogue epilogue)
    : IRangeKernel
    where TEpilogue : struct, IEpilogue
{
    private readonly ref float _x = ref x;
    private readonly ref float _mean = ref mean;
    private readonly ref float _inverseDeviation = ref inverseDeviation;
    private readonly ref float _weight = ref weight;
    private readonly ref float _bias = ref bias;
    private readonly ref float _residual = ref residual;
    private readonly ref float _y = ref y;
    private readonly nint _positions = positions;
    private readonly nint _pitch = pitch;
    private readonly TEpilogue _epilogue = epilogue;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        ref float x = ref _x;
        ref float residual = ref _residual;
        ref float y = ref _y;
        TEpilogue epilogue = _epilogue;
        nint pitch = _pitch;
        nint end = _positions * pitch;
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            TVector mean = TSimd.Load(ref _mean, c);
            TVector scale = TSimd.Multiply(TSimd.Load(ref _inverseDeviation, c), TSimd.Load(ref _weight, c));
            TVector bias = TSimd.Load(ref _bias, c);
            for (nint at = c; at < end; at += pitch)
            {
                TVector sum = TSimd.MultiplyAdd(TSimd.Subtract(TSimd.Load(ref x, at), mean), scale, bias);
                TSimd.Store(epilogue.Of<TSimd, TVector>(sum, TEpilogue.ReadsResidual ? TSimd.Load(ref residual, at) : TSimd.Zero), ref y, at);
            }
        }

        return c;
    }
}
