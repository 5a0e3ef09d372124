using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>
/// dx[p][c] += dy[p][c] times a derivative over a range of channels; where dx is repeated over the positions, their sum in the order of the positions.
/// </summary>
internal readonly ref struct BinaryPositionSums<TDerivative>(
    TDerivative derivative, ref float dy, nint dyPitch, BinaryOperand a, BinaryOperand b, ref float dx, nint dxStep, nint positions) : IRangeKernel
    where TDerivative : struct, IBinaryDerivative
{
    private readonly TDerivative _derivative = derivative;
    private readonly ref float _dy = ref dy;
    private readonly nint _dyPitch = dyPitch;
    private readonly BinaryOperand _a = a;
    private readonly BinaryOperand _b = b;
    private readonly ref float _dx = ref dx;
    private readonly nint _dxStep = dxStep;
    private readonly nint _positions = positions;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            TVector sum = TSimd.Load(ref _dx, c);
            for (nint p = 0; p < _positions; p++)
            {
                TVector gradient = TSimd.Load(ref _dy, (p * _dyPitch) + c);
                if (_dxStep == 0)
                    sum = _derivative.AddTo<TSimd, TVector>(sum, gradient, _a, _b, p, c);
                else
                    TSimd.Store(
                        _derivative.AddTo<TSimd, TVector>(TSimd.Load(ref _dx, (p * _dxStep) + c), gradient, _a, _b, p, c), ref _dx, (p * _dxStep) + c);
            }

            if (_dxStep == 0)
                TSimd.Store(sum, ref _dx, c);
        }

        return c;
    }
}
