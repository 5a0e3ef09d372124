using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cnn.CompilerServices;

/// <summary>sumDy[c] = Σ_p g[p][c] and sumDyXhat[c] = Σ_p g[p][c] x̂[p][c] over a range of channels, g the gradient before the activation.</summary>
/// <remarks>
/// The inverse deviation is a factor of the whole sum. Two chains a sum, for even and odd positions: with four, two cache-line-wide sums would not fit
/// the registers of AVX2. Several vectors of channels go position by position with their chains in memory, as in <see cref="ColumnChains"/>.
/// </remarks>
internal readonly ref struct BatchNormBackwardSum<TActivation>(
    ref float dy,
    ref float x,
    ref float mean,
    ref float inverseDeviation,
    ref float weight,
    ref float bias,
    nint positions,
    nint pitch,
    ref float sumDy,
    ref float sumDyXhat,
    TActivation activation)
    : IRangeKernel
    where TActivation : struct, IActivation
{
    /// <summary>Channels whose chains the first-level cache keeps beside the maps.</summary>
    private const int MostChannels = 512;

    private readonly ref float _dy = ref dy;
    private readonly ref float _x = ref x;
    private readonly ref float _mean = ref mean;
    private readonly ref float _inverseDeviation = ref inverseDeviation;
    private readonly ref float _weight = ref weight;
    private readonly ref float _bias = ref bias;
    private readonly nint _positions = positions;
    private readonly nint _pitch = pitch;
    private readonly ref float _sumDy = ref sumDy;
    private readonly ref float _sumDyXhat = ref sumDyXhat;
    private readonly TActivation _activation = activation;

    /// <summary>Whether scale and bias are needed.</summary>
    private static bool IsActivated => typeof(TActivation) != typeof(NormalizedGradient.None);

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint end = from + ((to - from) / TSimd.Lanes * TSimd.Lanes);
        if (ColumnChains.IsByVectors(end - from == TSimd.Lanes, _positions * _pitch))
        {
            for (nint c = from; c < end; c += TSimd.Lanes)
                SumVector<TSimd, TVector>(c);
            return end;
        }

        Span<float> chains = stackalloc float[4 * MostChannels];
        for (nint c = from; c < end; c += MostChannels)
            SumRows<TSimd, TVector>(c, nint.Min(end, c + MostChannels), ref MemoryMarshal.GetReference(chains));
        return end;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SumVector<TSimd, TVector>(nint c)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        ref float dy = ref _dy;
        ref float x = ref _x;
        nint pitch = _pitch;
        TVector mean = TSimd.Load(ref _mean, c);
        TVector scale = IsActivated ? TSimd.Multiply(TSimd.Load(ref _inverseDeviation, c), TSimd.Load(ref _weight, c)) : TSimd.Zero;
        TVector bias = IsActivated ? TSimd.Load(ref _bias, c) : TSimd.Zero;
        TActivation activation = _activation;
        TVector sum0 = TSimd.Zero, sum1 = TSimd.Zero;
        TVector dot0 = TSimd.Zero, dot1 = TSimd.Zero;
        nint at = c;
        nint left = _positions;
        for (; left >= 2; left -= 2, at += 2 * pitch)
        {
            Add<TSimd, TVector>(activation, ref dy, ref x, at, mean, scale, bias, ref sum0, ref dot0);
            Add<TSimd, TVector>(activation, ref dy, ref x, at + pitch, mean, scale, bias, ref sum1, ref dot1);
        }

        if (left > 0)
            Add<TSimd, TVector>(activation, ref dy, ref x, at, mean, scale, bias, ref sum0, ref dot0);
        Store<TSimd, TVector>(c, TSimd.Add(sum0, sum1), TSimd.Add(dot0, dot1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SumRows<TSimd, TVector>(nint from, nint to, ref float chains)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        ref float dy = ref _dy;
        ref float x = ref _x;
        ref float means = ref _mean;
        ref float deviations = ref _inverseDeviation;
        ref float weights = ref _weight;
        ref float biases = ref _bias;
        TActivation activation = _activation;
        nint pitch = _pitch;
        nint width = to - from;
        nint last = _positions * pitch;
        ref float dots = ref Unsafe.Add(ref chains, 2 * width);
        ElementWise.Clear(ref chains, 4 * width);
        nint chain = 0;
        for (nint row = 0; row < last; row += pitch)
        {
            for (nint c = from; c < to; c += TSimd.Lanes)
            {
                nint place = chain + c - from;
                TVector sum = TSimd.Load(ref chains, place);
                TVector dot = TSimd.Load(ref dots, place);
                TVector scale = IsActivated ? TSimd.Multiply(TSimd.Load(ref deviations, c), TSimd.Load(ref weights, c)) : TSimd.Zero;
                TVector bias = IsActivated ? TSimd.Load(ref biases, c) : TSimd.Zero;
                Add<TSimd, TVector>(activation, ref dy, ref x, row + c, TSimd.Load(ref means, c), scale, bias, ref sum, ref dot);
                TSimd.Store(sum, ref chains, place);
                TSimd.Store(dot, ref dots, place);
            }

            chain = width - chain;
        }

        for (nint c = 0; c < width; c += TSimd.Lanes)
        {
            TVector sum = TSimd.Add(TSimd.Load(ref chains, c), TSimd.Load(ref chains, width + c));
            TVector dot = TSimd.Add(TSimd.Load(ref dots, c), TSimd.Load(ref dots, width + c));
            Store<TSimd, TVector>(from + c, sum, dot);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TSimd, TVector>(
        TActivation activation, ref float dy, ref float x, nint at, TVector mean, TVector scale, TVector bias, ref TVector sum, ref TVector dot)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector centred = TSimd.Subtract(TSimd.Load(ref x, at), mean);
        TVector gradient = NormalizedGradient.Of<TActivation, TSimd, TVector>(activation, TSimd.Load(ref dy, at), centred, scale, bias);
        sum = TSimd.Add(sum, gradient);
        dot = TSimd.MultiplyAdd(gradient, centred, dot);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store<TSimd, TVector>(nint c, TVector sum, TVector dot)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd.Store(sum, ref _sumDy, c);
        TSimd.Store(TSimd.Multiply(dot, TSimd.Load(ref _inverseDeviation, c)), ref _sumDyXhat, c);
    }
}
