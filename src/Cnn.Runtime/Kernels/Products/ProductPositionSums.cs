using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>
/// dx[p][c] += dy[p][c] other[p][c] over a range of channels; where dx is repeated over the positions, their sum in the order of the positions.
/// </summary>
internal readonly ref struct ProductPositionSums(ref float dy, Factor other, ref float dx, nint dxStep, nint positions, nint pitch) : IRangeKernel
{
    private readonly ref float _dy = ref dy;
    private readonly Factor _other = other;
    private readonly ref float _dx = ref dx;
    private readonly nint _dxStep = dxStep;
    private readonly nint _positions = positions;
    private readonly nint _pitch = pitch;

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
                TVector factor = _other.Load<TSimd, TVector>(p, c);
                TVector gradient = TSimd.Load(ref _dy, (p * _pitch) + c);
                if (_dxStep == 0)
                    sum = TSimd.MultiplyAdd(gradient, factor, sum);
                else
                    TSimd.Store(TSimd.MultiplyAdd(gradient, factor, TSimd.Load(ref _dx, (p * _dxStep) + c)), ref _dx, (p * _dxStep) + c);
            }

            if (_dxStep == 0)
                TSimd.Store(sum, ref _dx, c);
        }

        return c;
    }
}
