using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>dx = weight inverseDeviation (g - inverseCount Σg - x̂ inverseCount Σg x̂) over a range of channels.</summary>
/// <remarks>
/// g is the gradient before the activation (<see cref="NormalizedGradient"/>). Several vectors of channels go position by position, as in
/// <see cref="BatchNormNormalize{TEpilogue}"/>.
/// </remarks>
internal readonly ref struct BatchNormBackwardApply<TActivation>(
    ref float dy,
    ref float x,
    ref float mean,
    ref float inverseDeviation,
    ref float weight,
    ref float bias,
    ref float biasGradient,
    ref float weightGradient,
    float inverseCount,
    ref float dx,
    nint positions,
    nint pitch,
    TActivation activation)
    : IRangeKernel
    where TActivation : struct, IActivation
{
    private readonly ref float _dy = ref dy;
    private readonly ref float _x = ref x;
    private readonly ref float _mean = ref mean;
    private readonly ref float _inverseDeviation = ref inverseDeviation;
    private readonly ref float _weight = ref weight;
    private readonly ref float _bias = ref bias;
    private readonly ref float _biasGradient = ref biasGradient;
    private readonly ref float _weightGradient = ref weightGradient;
    private readonly float _inverseCount = inverseCount;
    private readonly ref float _dx = ref dx;
    private readonly nint _positions = positions;
    private readonly nint _pitch = pitch;
    private readonly TActivation _activation = activation;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        ref float dy = ref _dy;
        ref float x = ref _x;
        ref float dx = ref _dx;
        TActivation activation = _activation;
        nint pitch = _pitch;
        nint last = _positions * pitch;
        ref float means = ref _mean;
        ref float deviations = ref _inverseDeviation;
        ref float weights = ref _weight;
        ref float biases = ref _bias;
        ref float biasGradients = ref _biasGradient;
        ref float weightGradients = ref _weightGradient;
        TVector inverseCount = TSimd.Create(_inverseCount);
        nint end = from + ((to - from) / TSimd.Lanes * TSimd.Lanes);
        if (end - from == TSimd.Lanes)
        {
            TVector mean = TSimd.Load(ref means, from);
            TVector deviation = TSimd.Load(ref deviations, from);
            TVector factor = TSimd.Multiply(deviation, TSimd.Load(ref weights, from));
            TVector bias = Bias<TSimd, TVector>(ref biases, from);
            TVector shift = Shift<TSimd, TVector>(inverseCount, TSimd.Load(ref biasGradients, from));
            TVector slope = Slope<TSimd, TVector>(inverseCount, deviation, TSimd.Load(ref weightGradients, from));
            for (nint at = from; at < last; at += pitch)
                Store<TSimd, TVector>(activation, ref dy, ref x, mean, factor, bias, shift, slope, ref dx, at);
            return end;
        }

        for (nint row = 0; row < last; row += pitch)
        {
            for (nint c = from; c < end; c += TSimd.Lanes)
            {
                TVector deviation = TSimd.Load(ref deviations, c);
                TVector factor = TSimd.Multiply(deviation, TSimd.Load(ref weights, c));
                TVector shift = Shift<TSimd, TVector>(inverseCount, TSimd.Load(ref biasGradients, c));
                TVector slope = Slope<TSimd, TVector>(inverseCount, deviation, TSimd.Load(ref weightGradients, c));
                Store<TSimd, TVector>(
                    activation, ref dy, ref x, TSimd.Load(ref means, c), factor, Bias<TSimd, TVector>(ref biases, c), shift, slope, ref dx, row + c);
            }
        }

        return end;
    }

    /// <summary>Only the activation needs it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Bias<TSimd, TVector>(ref float biases, nint c)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => typeof(TActivation) == typeof(NormalizedGradient.None) ? TSimd.Zero : TSimd.Load(ref biases, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Shift<TSimd, TVector>(TVector inverseCount, TVector biasGradient)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => TSimd.Negate(TSimd.Multiply(inverseCount, biasGradient));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Slope<TSimd, TVector>(TVector inverseCount, TVector deviation, TVector weightGradient)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => TSimd.Negate(TSimd.Multiply(deviation, TSimd.Multiply(inverseCount, weightGradient)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TSimd, TVector>(
        TActivation activation, ref float dy, ref float x, TVector mean, TVector factor, TVector bias, TVector shift, TVector slope, ref float dx, nint at)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector centred = TSimd.Subtract(TSimd.Load(ref x, at), mean);
        TVector gradient = NormalizedGradient.Of<TActivation, TSimd, TVector>(activation, TSimd.Load(ref dy, at), centred, factor, bias);
        TSimd.Store(TSimd.Multiply(factor, TSimd.MultiplyAdd(centred, slope, TSimd.Add(gradient, shift))), ref dx, at);
    }
}
