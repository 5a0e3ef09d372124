using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>dx[p] += sum over the channels of dy[p][c] other[p][c], over a range of positions.</summary>
internal readonly ref struct ProductChannelSums(ref float dy, Factor other, ref float dx, nint dxStep, nint channels, nint pitch) : IRangeKernel
{
    private readonly ref float _dy = ref dy;
    private readonly Factor _other = other;
    private readonly ref float _dx = ref dx;
    private readonly nint _dxStep = dxStep;
    private readonly nint _channels = channels;
    private readonly nint _pitch = pitch;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        Span<float> chains = stackalloc float[EightLanes.Count];
        for (nint p = from; p < to; p++)
        {
            for (nint lane = 0; lane < EightLanes.Count; lane += TSimd.Lanes)
            {
                TVector sum = TSimd.Zero;
                for (nint c = lane; c < _pitch; c += EightLanes.Count)
                {
                    TVector mask = EightLanes.Mask<TSimd, TVector>(c, lane, _channels);
                    TVector gradient = TSimd.And(mask, TSimd.Load(ref _dy, (p * _pitch) + c));
                    sum = TSimd.MultiplyAdd(gradient, TSimd.And(mask, _other.Load<TSimd, TVector>(p, c)), sum);
                }

                TSimd.Store(sum, ref chains[0], lane);
            }

            Unsafe.Add(ref _dx, p * _dxStep) += EightLanes.Sum(chains);
        }

        return to;
    }
}
