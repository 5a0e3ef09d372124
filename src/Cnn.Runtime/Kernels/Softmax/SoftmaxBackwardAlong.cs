using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>Gradient of softmax or of its logarithm along an axis, over a range of neighbouring floats.</summary>
internal readonly ref struct SoftmaxBackwardAlong(
    ref float dy, nint dyStride, ref float y, nint yStride, ref float dx, nint dxStride, nint length, bool logarithm) : IRangeKernel
{
    private readonly ref float _dy = ref dy;
    private readonly nint _dyStride = dyStride;
    private readonly ref float _y = ref y;
    private readonly nint _yStride = yStride;
    private readonly ref float _dx = ref dx;
    private readonly nint _dxStride = dxStride;
    private readonly nint _length = length;
    private readonly bool _logarithm = logarithm;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint lane = from;
        for (; lane + TSimd.Lanes <= to; lane += TSimd.Lanes)
        {
            ref float dy = ref Unsafe.Add(ref _dy, lane);
            ref float y = ref Unsafe.Add(ref _y, lane);
            ref float dx = ref Unsafe.Add(ref _dx, lane);
            TVector sum = TSimd.Zero;
            for (nint i = 0; i < _length; i++)
            {
                TVector gradient = TSimd.Load(ref dy, i * _dyStride);
                sum = _logarithm ? TSimd.Add(sum, gradient) : TSimd.MultiplyAdd(gradient, TSimd.Load(ref y, i * _yStride), sum);
            }

            for (nint i = 0; i < _length; i++)
            {
                TVector gradient = TSimd.Load(ref dy, i * _dyStride);
                TVector output = TSimd.Load(ref y, i * _yStride);
                TVector result = _logarithm
                    ? TSimd.Subtract(gradient, TSimd.Multiply(Functions.Exp<TSimd, TVector>(output), sum))
                    : TSimd.Multiply(output, TSimd.Subtract(gradient, sum));
                TSimd.Store(result, ref dx, i * _dxStride);
            }
        }

        return lane;
    }
}
