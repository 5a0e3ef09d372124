using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>Σ dy and Σ dy x̂ over the positions, over a range of channels: two sums of two chains each.</summary>
internal readonly ref struct PositionNormSums(
    ref float dy, ref float x, ref float mean, ref float inverseDeviation, nint positions, nint pitch, ref float sumDy, ref float sumDyXhat) : IRangeKernel
{
    private readonly ref float _dy = ref dy;
    private readonly ref float _x = ref x;
    private readonly ref float _mean = ref mean;
    private readonly ref float _inverseDeviation = ref inverseDeviation;
    private readonly nint _positions = positions;
    private readonly nint _pitch = pitch;
    private readonly ref float _sumDy = ref sumDy;
    private readonly ref float _sumDyXhat = ref sumDyXhat;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            (TVector evenDy, TVector oddDy, TVector even, TVector odd) = (TSimd.Zero, TSimd.Zero, TSimd.Zero, TSimd.Zero);
            for (nint p = 0; p < _positions; p++)
            {
                TVector gradient = TSimd.Load(ref _dy, (p * _pitch) + c);
                TVector centred = TSimd.Subtract(TSimd.Load(ref _x, (p * _pitch) + c), TSimd.Create(Unsafe.Add(ref _mean, p)));
                TVector normalized = TSimd.Multiply(centred, TSimd.Create(Unsafe.Add(ref _inverseDeviation, p)));
                if (p % 2 == 0)
                {
                    evenDy = TSimd.Add(evenDy, gradient);
                    even = TSimd.MultiplyAdd(gradient, normalized, even);
                }
                else
                {
                    oddDy = TSimd.Add(oddDy, gradient);
                    odd = TSimd.MultiplyAdd(gradient, normalized, odd);
                }
            }

            TSimd.Store(TSimd.Add(evenDy, oddDy), ref _sumDy, c);
            TSimd.Store(TSimd.Add(even, odd), ref _sumDyXhat, c);
        }

        return c;
    }
}
