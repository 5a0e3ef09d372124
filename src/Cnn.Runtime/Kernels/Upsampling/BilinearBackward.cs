using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>The gradient of a bilinear enlargement over a range of channels: each output adds its shares to the four elements that it came from.</summary>
/// <remarks>In the order of the output's rows, phases and columns, on every set.</remarks>
internal readonly ref struct BilinearBackward(ref float dy, ref float dx, nint height, nint width, nint scale, nint pitch, nint dyRow, nint dxRow)
    : IRangeKernel
{
    private readonly ref float _dy = ref dy;
    private readonly ref float _dx = ref dx;
    private readonly nint _height = height;
    private readonly nint _width = width;
    private readonly nint _scale = scale;
    private readonly nint _pitch = pitch;
    private readonly nint _dyRow = dyRow;
    private readonly nint _dxRow = dxRow;

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
                ref float dy = ref Unsafe.Add(ref _dy, (output * _dyRow) + c);
                for (nint phase = 0; phase < _scale; phase++)
                {
                    BilinearPhase column = new(phase, _scale);
                    ref float start = ref Unsafe.Add(ref dy, phase * _pitch);
                    Spread<TSimd, TVector>(ref start, ref Unsafe.Add(ref _dx, (first * _dxRow) + c), 1 - row.Next, column);
                    Spread<TSimd, TVector>(ref start, ref Unsafe.Add(ref _dx, (second * _dxRow) + c), row.Next, column);
                }
            }
        }
        return c;
    }

    /// <summary>Adds the shares of one output row and phase to one row of the input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Spread<TSimd, TVector>(ref float dy, ref float dx, float share, BilinearPhase column)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector left = TSimd.Create(share * (1 - column.Next));
        TVector right = TSimd.Create(share * column.Next);
        nint pitch = _pitch;
        nint width = _width;
        nint step = _scale * pitch;
        for (nint i = 0; i < width; i++)
        {
            TVector gradient = TSimd.Load(ref dy, i * step);
            nint first = column.Around(i, width, out nint second) * pitch;
            second *= pitch;
            TSimd.Store(TSimd.MultiplyAdd(gradient, left, TSimd.Load(ref dx, first)), ref dx, first);
            TSimd.Store(TSimd.MultiplyAdd(gradient, right, TSimd.Load(ref dx, second)), ref dx, second);
        }
    }
}
