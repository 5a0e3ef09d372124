using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>Gradient of softmax or of its logarithm over a range of positions.</summary>
internal readonly ref struct SoftmaxBackward(ref float dy, ref float y, ref float dx, nint channels, nint pitch, bool logarithm) : IRangeKernel
{
    private readonly ref float _dy = ref dy;
    private readonly ref float _y = ref y;
    private readonly ref float _dx = ref dx;
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
            ref float dy = ref Unsafe.Add(ref _dy, p * _pitch);
            ref float y = ref Unsafe.Add(ref _y, p * _pitch);
            SumChains<TSimd, TVector>(ref dy, ref y, chains);
            Apply<TSimd, TVector>(ref dy, ref y, ref Unsafe.Add(ref _dx, p * _pitch), EightLanes.Sum(chains));
        }
        return to;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SumChains<TSimd, TVector>(ref float dy, ref float y, Span<float> chains)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (nint lane = 0; lane < EightLanes.Count; lane += TSimd.Lanes)
        {
            TVector sum = TSimd.Zero;
            for (nint c = lane; c < _pitch; c += EightLanes.Count)
            {
                TVector gradient = TSimd.And(EightLanes.Mask<TSimd, TVector>(c, lane, _channels), TSimd.Load(ref dy, c));
                sum = _logarithm ? TSimd.Add(sum, gradient) : TSimd.MultiplyAdd(gradient, TSimd.Load(ref y, c), sum);
            }
            TSimd.Store(sum, ref chains[0], lane);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Apply<TSimd, TVector>(ref float dy, ref float y, ref float dx, float total)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector sum = TSimd.Create(total);
        for (nint c = 0; c < _pitch; c += TSimd.Lanes)
        {
            TVector gradient = TSimd.Load(ref dy, c);
            TVector output = TSimd.Load(ref y, c);
            TVector result = _logarithm
                ? TSimd.Subtract(gradient, TSimd.Multiply(Functions.Exp<TSimd, TVector>(output), sum))
                : TSimd.Multiply(output, TSimd.Subtract(gradient, sum));
            TSimd.Store(TSimd.And(EightLanes.Mask<TSimd, TVector>(c, c % EightLanes.Count, _channels), result), ref dx, c);
        }
    }
}
