using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y = activation(bias + x w), one row x, with w in fewer bits: a range of lanes, summed in the order of a linear layer's generated kernels.</summary>
/// <param name="matrix">w: rows of lanes.</param>
/// <param name="lanes">Elements of a row of w, a multiple of 8.</param>
/// <param name="x">Numbers in runs.</param>
/// <param name="runs">How many runs.</param>
/// <param name="stride">From the start of one run to the next.</param>
/// <param name="length">Numbers of a run.</param>
/// <param name="bias">One a lane.</param>
/// <param name="y">One a lane.</param>
/// <param name="epilogue">What is done to the sums.</param>
internal readonly ref struct RowProduct<TRow, TEpilogue>(
    TRow matrix, nint lanes, ref float x, nint runs, nint stride, nint length, ref float bias, ref float y, TEpilogue epilogue) : IRangeKernel
    where TRow : struct, IStoredRow, allows ref struct
    where TEpilogue : struct, IEpilogue
{
    private readonly TRow _matrix = matrix;
    private readonly nint _lanes = lanes;
    private readonly ref float _x = ref x;
    private readonly nint _runs = runs;
    private readonly nint _stride = stride;
    private readonly nint _length = length;
    private readonly ref float _bias = ref bias;
    private readonly ref float _y = ref y;
    private readonly TEpilogue _epilogue = epilogue;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        // A field of a type that may not be readonly is copied before each call.
        TRow matrix = _matrix;
        nint lane = from;
        for (; lane <= to - (4 * TSimd.Lanes); lane += 4 * TSimd.Lanes)
            RunFour<TSimd, TVector>(lane);
        for (; lane <= to - TSimd.Lanes; lane += TSimd.Lanes)
        {
            TVector factor = matrix.Factors<TSimd, TVector>(lane), sum = TSimd.Load(ref _bias, lane);
            nint element = lane;
            for (nint run = 0; run < _runs; run++)
            {
                ref float x = ref Unsafe.Add(ref _x, run * _stride);
                for (nint index = 0; index < _length; index++, element += _lanes)
                    sum = TSimd.MultiplyAdd(TSimd.Create(Unsafe.Add(ref x, index)), matrix.Load<TSimd, TVector>(element, factor), sum);
            }

            TSimd.Store(Finish<TSimd, TVector>(sum), ref _y, lane);
        }

        return lane;
    }

    /// <summary>Four chains keep up with any memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RunFour<TSimd, TVector>(nint lane)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TRow matrix = _matrix;
        (nint lanes, nint length) = (_lanes, _length);
        nint l1 = lane + TSimd.Lanes, l2 = lane + (2 * TSimd.Lanes), l3 = lane + (3 * TSimd.Lanes);
        TVector f0 = matrix.Factors<TSimd, TVector>(lane), f1 = matrix.Factors<TSimd, TVector>(l1);
        TVector f2 = matrix.Factors<TSimd, TVector>(l2), f3 = matrix.Factors<TSimd, TVector>(l3);
        TVector s0 = TSimd.Load(ref _bias, lane), s1 = TSimd.Load(ref _bias, l1), s2 = TSimd.Load(ref _bias, l2), s3 = TSimd.Load(ref _bias, l3);
        nint element = lane;
        for (nint run = 0; run < _runs; run++)
        {
            ref float x = ref Unsafe.Add(ref _x, run * _stride);
            for (nint index = 0; index < length; index++, element += lanes)
            {
                TVector v = TSimd.Create(Unsafe.Add(ref x, index));
                s0 = TSimd.MultiplyAdd(v, matrix.Load<TSimd, TVector>(element, f0), s0);
                s1 = TSimd.MultiplyAdd(v, matrix.Load<TSimd, TVector>(element + TSimd.Lanes, f1), s1);
                s2 = TSimd.MultiplyAdd(v, matrix.Load<TSimd, TVector>(element + (2 * TSimd.Lanes), f2), s2);
                s3 = TSimd.MultiplyAdd(v, matrix.Load<TSimd, TVector>(element + (3 * TSimd.Lanes), f3), s3);
            }
        }

        TSimd.Store(Finish<TSimd, TVector>(s0), ref _y, lane);
        TSimd.Store(Finish<TSimd, TVector>(s1), ref _y, l1);
        TSimd.Store(Finish<TSimd, TVector>(s2), ref _y, l2);
        TSimd.Store(Finish<TSimd, TVector>(s3), ref _y, l3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Finish<TSimd, TVector>(TVector sum)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => _epilogue.Of<TSimd, TVector>(sum, TSimd.Zero);
}
