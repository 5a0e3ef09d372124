using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>Softmax or its logarithm over a range of positions.</summary>
internal readonly ref struct SoftmaxForward(ref float x, ref float y, nint channels, nint pitch, bool logarithm) : IRangeKernel
{
    private readonly ref float _x = ref x;
    private readonly ref float _y = ref y;
    private readonly nint _channels = channels;
    private readonly nint _pitch = pitch;
    private readonly bool _logarithm = logarithm;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        Span<float> chains = stackalloc float[EightLanes.Count];
        for (nint p = from; p < to; p++)
        {
            ref float x = ref Unsafe.Add(ref _x, p * _pitch);
            ref float y = ref Unsafe.Add(ref _y, p * _pitch);
            MaxChains<TSimd, TVector>(ref x, chains);
            float max = EightLanes.Max(chains);
            ExponentialChains<TSimd, TVector>(ref x, ref y, max, chains);
            float sum = EightLanes.Sum(chains);
            if (_logarithm)
                Shift<TSimd, TVector>(ref x, ref y, max, Functions.Log<SimdScalar, float>(sum));
            else
                Scale<TSimd, TVector>(ref y, sum);
        }
        return to;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MaxChains<TSimd, TVector>(ref float x, Span<float> chains)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector lowest = TSimd.Create(float.NegativeInfinity);
        for (nint lane = 0; lane < EightLanes.Count; lane += TSimd.Lanes)
        {
            TVector max = lowest;
            for (nint c = lane; c < _pitch; c += EightLanes.Count)
                max = TSimd.Max(max, TSimd.Select(EightLanes.Mask<TSimd, TVector>(c, lane, _channels), TSimd.Load(ref x, c), lowest));
            TSimd.Store(max, ref chains[0], lane);
        }
    }

    /// <summary>The sums of exp(x - max); the exponentials themselves go to y where they are the numerators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ExponentialChains<TSimd, TVector>(ref float x, ref float y, float max, Span<float> chains)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector top = TSimd.Create(max);
        for (nint lane = 0; lane < EightLanes.Count; lane += TSimd.Lanes)
        {
            TVector sum = TSimd.Zero;
            for (nint c = lane; c < _pitch; c += EightLanes.Count)
            {
                TVector exponential = Functions.Exp<TSimd, TVector>(TSimd.Subtract(TSimd.Load(ref x, c), top));
                exponential = TSimd.And(EightLanes.Mask<TSimd, TVector>(c, lane, _channels), exponential);
                sum = TSimd.Add(sum, exponential);
                if (!_logarithm)
                    TSimd.Store(exponential, ref y, c);
            }
            TSimd.Store(sum, ref chains[0], lane);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Scale<TSimd, TVector>(ref float y, float sum)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector divisor = TSimd.Create(sum);
        for (nint c = 0; c < _pitch; c += TSimd.Lanes)
        {
            TVector share = TSimd.Divide(TSimd.Load(ref y, c), divisor);
            TSimd.Store(TSimd.And(EightLanes.Mask<TSimd, TVector>(c, c % EightLanes.Count, _channels), share), ref y, c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Shift<TSimd, TVector>(ref float x, ref float y, float max, float logarithm)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector top = TSimd.Create(max);
        TVector log = TSimd.Create(logarithm);
        for (nint c = 0; c < _pitch; c += TSimd.Lanes)
        {
            TVector shifted = TSimd.Subtract(TSimd.Subtract(TSimd.Load(ref x, c), top), log);
            TSimd.Store(TSimd.And(EightLanes.Mask<TSimd, TVector>(c, c % EightLanes.Count, _channels), shifted), ref y, c);
        }
    }
}
