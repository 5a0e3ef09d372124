using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>c = start + the sum of a b over a range of lanes, with loops over any number of axes.</summary>
internal readonly ref struct AnyContraction(
    ref float a, ref float b, ref float start, ref float c, ReadOnlySpan<int> rows, ReadOnlySpan<int> reduction, nint stored, bool aHasLanes) : IRangeKernel
{
    /// <summary>Length and two strides.</summary>
    private const int NumbersOfAxis = 3;

    private readonly ref float _a = ref a;
    private readonly ref float _b = ref b;
    private readonly ref float _start = ref start;
    private readonly ref float _c = ref c;
    private readonly ReadOnlySpan<int> _rows = rows;
    private readonly ReadOnlySpan<int> _reduction = reduction;
    private readonly nint _stored = stored;
    private readonly bool _aHasLanes = aHasLanes;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint lane = from;
        for (; lane <= to - TSimd.Lanes; lane += TSimd.Lanes)
            RunRows<TSimd, TVector>(lane, _rows, ref Unsafe.Add(ref _a, _aHasLanes ? lane : 0), ref Unsafe.Add(ref _c, lane));
        return lane;
    }

    private void RunRows<TSimd, TVector>(nint lane, ReadOnlySpan<int> axes, ref float a, ref float c)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        if (axes.IsEmpty)
        {
            TVector sum = Reduce<TSimd, TVector>(_reduction, ref a, ref Unsafe.Add(ref _b, lane), TSimd.Load(ref _start, lane));
            Store<TSimd, TVector>(sum, lane, ref c);
            return;
        }

        for (nint index = 0; index < axes[0]; index++)
            RunRows<TSimd, TVector>(lane, axes[NumbersOfAxis..], ref Unsafe.Add(ref a, index * axes[1]), ref Unsafe.Add(ref c, index * axes[2]));
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private TVector Reduce<TSimd, TVector>(ReadOnlySpan<int> axes, ref float a, ref float b, TVector sum)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        if (axes.IsEmpty)
            return TSimd.MultiplyAdd(Factor<TSimd, TVector>(ref a), TSimd.Load(ref b, 0), sum);
        (nint count, nint aStep, nint bStep) = (axes[0], axes[1], axes[2]);
        if (axes.Length > NumbersOfAxis)
        {
            for (nint index = 0; index < count; index++)
                sum = Reduce<TSimd, TVector>(axes[NumbersOfAxis..], ref Unsafe.Add(ref a, index * aStep), ref Unsafe.Add(ref b, index * bStep), sum);
            return sum;
        }

        for (nint index = 0; index < count; index++)
            sum = TSimd.MultiplyAdd(Factor<TSimd, TVector>(ref Unsafe.Add(ref a, index * aStep)), TSimd.Load(ref b, index * bStep), sum);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Factor<TSimd, TVector>(ref float a)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => _aHasLanes ? TSimd.Load(ref a, 0) : TSimd.Create(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store<TSimd, TVector>(TVector sum, nint lane, ref float c)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        if (lane + TSimd.Lanes <= _stored)
        {
            TSimd.Store(sum, ref c, 0);
            return;
        }

        Span<float> all = stackalloc float[Simd512.Lanes];
        TSimd.Store(sum, ref all[0], 0);
        for (int index = 0; index < _stored - lane; index++)
            Unsafe.Add(ref c, index) = all[index];
    }
}
