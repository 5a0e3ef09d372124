using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y[p][c] = epilogue((x[p][c] - mean[c]) (inverseDeviation[c] weight[c]) + bias[c], residual[p][c]) over a range of channels.</summary>
/// <remarks>
/// The mean is subtracted first: folded into the bias it would cancel against x where the mean is large beside the deviation. Several vectors of channels go
/// position by position, because memory brings one stream at twice the rate of lines that lie apart.
/// </remarks>
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
        ref float means = ref _mean;
        ref float deviations = ref _inverseDeviation;
        ref float weights = ref _weight;
        ref float biases = ref _bias;
        ref float residual = ref _residual;
        ref float y = ref _y;
        TEpilogue epilogue = _epilogue;
        nint pitch = _pitch;
        nint last = _positions * pitch;
        nint end = from + ((to - from) / TSimd.Lanes * TSimd.Lanes);
        if (end - from == TSimd.Lanes)
        {
            TVector mean = TSimd.Load(ref means, from);
            TVector scale = TSimd.Multiply(TSimd.Load(ref deviations, from), TSimd.Load(ref weights, from));
            TVector bias = TSimd.Load(ref biases, from);
            for (nint at = from; at < last; at += pitch)
                Store<TSimd, TVector>(ref x, mean, scale, bias, ref residual, ref y, at, epilogue);
            return end;
        }

        for (nint row = 0; row < last; row += pitch)
        {
            for (nint c = from; c < end; c += TSimd.Lanes)
            {
                TVector scale = TSimd.Multiply(TSimd.Load(ref deviations, c), TSimd.Load(ref weights, c));
                Store<TSimd, TVector>(ref x, TSimd.Load(ref means, c), scale, TSimd.Load(ref biases, c), ref residual, ref y, row + c, epilogue);
            }
        }

        return end;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TSimd, TVector>(
        ref float x, TVector mean, TVector scale, TVector bias, ref float residual, ref float y, nint at, TEpilogue epilogue)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector sum = TSimd.MultiplyAdd(TSimd.Subtract(TSimd.Load(ref x, at), mean), scale, bias);
        TSimd.Store(epilogue.Of<TSimd, TVector>(sum, TEpilogue.ReadsResidual ? TSimd.Load(ref residual, at) : TSimd.Zero), ref y, at);
    }
}
