using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>Softmax or its logarithm along an axis, over a range of neighbouring floats; y may be x where their strides are equal.</summary>
internal readonly ref struct SoftmaxForwardAlong(ref float x, nint xStride, ref float y, nint yStride, nint length, bool logarithm) : IRangeKernel
{
    private readonly ref float _x = ref x;
    private readonly nint _xStride = xStride;
    private readonly ref float _y = ref y;
    private readonly nint _yStride = yStride;
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
            ref float x = ref Unsafe.Add(ref _x, lane);
            ref float y = ref Unsafe.Add(ref _y, lane);
            TVector max = TSimd.Load(ref x, 0);
            for (nint i = 1; i < _length; i++)
                max = TSimd.Max(max, TSimd.Load(ref x, i * _xStride));
            TVector sum = TSimd.Zero;
            for (nint i = 0; i < _length; i++)
            {
                TVector shifted = TSimd.Subtract(TSimd.Load(ref x, i * _xStride), max);
                TVector exponential = Functions.Exp<TSimd, TVector>(shifted);
                sum = TSimd.Add(sum, exponential);
                TSimd.Store(_logarithm ? shifted : exponential, ref y, i * _yStride);
            }

            TVector log = _logarithm ? Functions.Log<TSimd, TVector>(sum) : TSimd.Zero;
            for (nint i = 0; i < _length; i++)
            {
                TVector made = TSimd.Load(ref y, i * _yStride);
                TSimd.Store(_logarithm ? TSimd.Subtract(made, log) : TSimd.Divide(made, sum), ref y, i * _yStride);
            }
        }

        return lane;
    }
}
