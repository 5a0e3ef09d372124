using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>Mean, inverse deviation and normalised channels of each of a range of positions.</summary>
internal readonly ref struct PositionNormForward(
    ref float x, ref float weight, ref float bias, bool isAffine, ref float mean, ref float inverseDeviation, ref float y, nint channels, nint pitch,
    float epsilon) : IRangeKernel
{
    private readonly ref float _x = ref x;
    private readonly ref float _weight = ref weight;
    private readonly ref float _bias = ref bias;
    private readonly bool _isAffine = isAffine;
    private readonly ref float _mean = ref mean;
    private readonly ref float _inverseDeviation = ref inverseDeviation;
    private readonly ref float _y = ref y;
    private readonly nint _channels = channels;
    private readonly nint _pitch = pitch;
    private readonly float _epsilon = epsilon;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        Span<float> chains = stackalloc float[EightLanes.Count];
        for (nint p = from; p < to; p++)
        {
            ref float x = ref Unsafe.Add(ref _x, p * _pitch);
            for (nint lane = 0; lane < EightLanes.Count; lane += TSimd.Lanes)
                TSimd.Store(Sum<TSimd, TVector>(ref x, lane), ref chains[0], lane);
            float mean = EightLanes.Sum(chains) / _channels;
            for (nint lane = 0; lane < EightLanes.Count; lane += TSimd.Lanes)
                TSimd.Store(SquaredSum<TSimd, TVector>(ref x, lane, TSimd.Create(mean)), ref chains[0], lane);
            float inverse = 1 / MathF.Sqrt((EightLanes.Sum(chains) / _channels) + _epsilon);
            Unsafe.Add(ref _mean, p) = mean;
            Unsafe.Add(ref _inverseDeviation, p) = inverse;
            Normalize<TSimd, TVector>(ref x, ref Unsafe.Add(ref _y, p * _pitch), TSimd.Create(mean), TSimd.Create(inverse));
        }

        return to;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Sum<TSimd, TVector>(ref float x, nint lane)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector sum = TSimd.Zero;
        for (nint c = lane; c < _pitch; c += EightLanes.Count)
            sum = TSimd.Add(sum, TSimd.And(EightLanes.Mask<TSimd, TVector>(c, lane, _channels), TSimd.Load(ref x, c)));
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector SquaredSum<TSimd, TVector>(ref float x, nint lane, TVector mean)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector sum = TSimd.Zero;
        for (nint c = lane; c < _pitch; c += EightLanes.Count)
        {
            TVector distance = TSimd.And(EightLanes.Mask<TSimd, TVector>(c, lane, _channels), TSimd.Subtract(TSimd.Load(ref x, c), mean));
            sum = TSimd.MultiplyAdd(distance, distance, sum);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Normalize<TSimd, TVector>(ref float x, ref float y, TVector mean, TVector inverse)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (nint block = 0; block < _pitch; block += EightLanes.Count)
        {
            for (nint lane = 0; lane < EightLanes.Count; lane += TSimd.Lanes)
            {
                nint c = block + lane;
                TVector value = TSimd.Multiply(TSimd.Subtract(TSimd.Load(ref x, c), mean), inverse);
                if (_isAffine)
                    value = TSimd.MultiplyAdd(value, TSimd.Load(ref _weight, c), TSimd.Load(ref _bias, c));
                TSimd.Store(TSimd.And(EightLanes.Mask<TSimd, TVector>(c, lane, _channels), value), ref y, c);
            }
        }
    }
}
