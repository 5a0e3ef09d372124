using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>Bilinear enlargement over a range of channels, phase by phase, so that weights are constant in the inner loop.</summary>
internal readonly ref struct BilinearForward(ref float x, ref float y, nint height, nint width, nint scale, nint pitch, nint xRow, nint yRow)
    : IRangeKernel
{
    private readonly ref float _x = ref x;
    private readonly ref float _y = ref y;
    private readonly nint _height = height;
    private readonly nint _width = width;
    private readonly nint _scale = scale;
    private readonly nint _pitch = pitch;
    private readonly nint _xRow = xRow;
    private readonly nint _yRow = yRow;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            for (nint output = 0; output < _height * _scale; output++)
            {
                BilinearPhase row = new(output % _scale, _scale);
                nint first = row.Around(output / _scale, _height, out nint second);
                ref float y = ref Unsafe.Add(ref _y, (output * _yRow) + c);
                for (nint phase = 0; phase < _scale; phase++)
                {
                    Mix<TSimd, TVector>(
                        ref Unsafe.Add(ref _x, (first * _xRow) + c),
                        ref Unsafe.Add(ref _x, (second * _xRow) + c),
                        ref Unsafe.Add(ref y, phase * _pitch),
                        row.Next,
                        new BilinearPhase(phase, _scale));
                }
            }
        }
        return c;
    }

    /// <summary>The outputs of one row and phase: columns first, then rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Mix<TSimd, TVector>(ref float upper, ref float lower, ref float y, float down, BilinearPhase column)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector left = TSimd.Create(1 - column.Next);
        TVector right = TSimd.Create(column.Next);
        TVector above = TSimd.Create(1 - down);
        TVector below = TSimd.Create(down);
        nint pitch = _pitch;
        nint width = _width;
        nint step = _scale * pitch;
        for (nint i = 0; i < width; i++)
        {
            nint first = column.Around(i, width, out nint second) * pitch;
            second *= pitch;
            TVector top = TSimd.MultiplyAdd(right, TSimd.Load(ref upper, second), TSimd.Multiply(left, TSimd.Load(ref upper, first)));
            TVector bottom = TSimd.MultiplyAdd(right, TSimd.Load(ref lower, second), TSimd.Multiply(left, TSimd.Load(ref lower, first)));
            TSimd.Store(TSimd.MultiplyAdd(below, bottom, TSimd.Multiply(above, top)), ref y, i * step);
        }
    }
}
