using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>dx[p] += sum over the channels of dy[p][c] times a derivative, over a range of positions.</summary>
internal readonly ref struct BinaryChannelSums<TDerivative>(
    TDerivative derivative, ref float dy, nint dyPitch, BinaryOperand a, BinaryOperand b, ref float dx, nint dxStep, nint channels) : IRangeKernel
    where TDerivative : struct, IBinaryDerivative
{
    private readonly TDerivative _derivative = derivative;
    private readonly ref float _dy = ref dy;
    private readonly nint _dyPitch = dyPitch;
    private readonly BinaryOperand _a = a;
    private readonly BinaryOperand _b = b;
    private readonly ref float _dx = ref dx;
    private readonly nint _dxStep = dxStep;
    private readonly nint _channels = channels;

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
                for (nint c = lane; c < _dyPitch; c += EightLanes.Count)
                {
                    TVector mask = EightLanes.Mask<TSimd, TVector>(c, lane, _channels);
                    TVector gradient = TSimd.Load(ref _dy, (p * _dyPitch) + c);
                    sum = TSimd.Select(mask, _derivative.AddTo<TSimd, TVector>(sum, gradient, _a, _b, p, c), sum);
                }

                TSimd.Store(sum, ref chains[0], lane);
            }

            Unsafe.Add(ref _dx, p * _dxStep) += EightLanes.Sum(chains);
        }

        return to;
    }
}
