using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>dx of the channels of each of a range of positions.</summary>
internal readonly ref struct PositionNormBackward(
    ref float dy, ref float x, ref float weight, bool isAffine, ref float mean, ref float inverseDeviation, ref float dx, nint channels, nint pitch)
    : IRangeKernel
{
    private readonly ref float _dy = ref dy;
    private readonly ref float _x = ref x;
    private readonly ref float _weight = ref weight;
    private readonly bool _isAffine = isAffine;
    private readonly ref float _mean = ref mean;
    private readonly ref float _inverseDeviation = ref inverseDeviation;
    private readonly ref float _dx = ref dx;
    private readonly nint _channels = channels;
    private readonly nint _pitch = pitch;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        Span<float> sums = stackalloc float[EightLanes.Count];
        Span<float> products = stackalloc float[EightLanes.Count];
        for (nint p = from; p < to; p++)
        {
            nint start = p * _pitch;
            TVector mean = TSimd.Create(Unsafe.Add(ref _mean, p));
            TVector inverse = TSimd.Create(Unsafe.Add(ref _inverseDeviation, p));
            for (nint lane = 0; lane < EightLanes.Count; lane += TSimd.Lanes)
            {
                TVector sum = TSimd.Zero;
                TVector product = TSimd.Zero;
                for (nint c = lane; c < _pitch; c += EightLanes.Count)
                {
                    TVector mask = EightLanes.Mask<TSimd, TVector>(c, lane, _channels);
                    TVector gradient = TSimd.And(mask, Gradient<TSimd, TVector>(start, c));
                    sum = TSimd.Add(sum, gradient);
                    product = TSimd.MultiplyAdd(gradient, TSimd.And(mask, Normalized<TSimd, TVector>(start, c, mean, inverse)), product);
                }

                TSimd.Store(sum, ref sums[0], lane);
                TSimd.Store(product, ref products[0], lane);
            }

            Write<TSimd, TVector>(
                start, mean, inverse, TSimd.Create(EightLanes.Sum(sums) / _channels), TSimd.Create(EightLanes.Sum(products) / _channels));
        }

        return to;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Write<TSimd, TVector>(nint start, TVector mean, TVector inverse, TVector meanGradient, TVector projection)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (nint block = 0; block < _pitch; block += EightLanes.Count)
        {
            for (nint lane = 0; lane < EightLanes.Count; lane += TSimd.Lanes)
            {
                nint c = block + lane;
                TVector left = TSimd.Subtract(Gradient<TSimd, TVector>(start, c), meanGradient);
                left = TSimd.Subtract(left, TSimd.Multiply(Normalized<TSimd, TVector>(start, c, mean, inverse), projection));
                TSimd.Store(TSimd.And(EightLanes.Mask<TSimd, TVector>(c, lane, _channels), TSimd.Multiply(inverse, left)), ref _dx, start + c);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Gradient<TSimd, TVector>(nint start, nint c)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector gradient = TSimd.Load(ref _dy, start + c);
        return _isAffine ? TSimd.Multiply(gradient, TSimd.Load(ref _weight, c)) : gradient;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Normalized<TSimd, TVector>(nint start, nint c, TVector mean, TVector inverse)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.Multiply(TSimd.Subtract(TSimd.Load(ref _x, start + c), mean), inverse);
}
