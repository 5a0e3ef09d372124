using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y[o] = Σ weight x[index] along an axis, over a range of the floats of each run.</summary>
internal readonly ref struct AxisSums(
    ref float x, nint xStep, ref float y, nint yStep, ReadOnlySpan<int> starts, ReadOnlySpan<int> indices, ref float weights) : IRangeKernel
{
    private readonly ref float _x = ref x;
    private readonly nint _xStep = xStep;
    private readonly ref float _y = ref y;
    private readonly nint _yStep = yStep;
    private readonly ReadOnlySpan<int> _starts = starts;
    private readonly ReadOnlySpan<int> _indices = indices;
    private readonly ref float _weights = ref weights;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint end = from + ((to - from) / TSimd.Lanes * TSimd.Lanes);
        for (int output = 0; output < _starts.Length - 1; output++)
        {
            ReadOnlySpan<int> indices = _indices[_starts[output].._starts[output + 1]];
            ref float weights = ref Unsafe.Add(ref _weights, _starts[output]);
            for (nint i = from; i < end; i += TSimd.Lanes)
            {
                TVector sum = TSimd.Zero;
                for (int term = 0; term < indices.Length; term++)
                    sum = TSimd.MultiplyAdd(TSimd.Create(Unsafe.Add(ref weights, term)), TSimd.Load(ref _x, (indices[term] * _xStep) + i), sum);
                TSimd.Store(sum, ref _y, (output * _yStep) + i);
            }
        }

        return end;
    }
}
