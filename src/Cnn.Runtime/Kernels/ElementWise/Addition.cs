using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y[i] = a[i] + b[i] over a range of elements.</summary>
internal readonly ref struct Addition(ref float a, ref float b, ref float y) : IRangeKernel
{
    private readonly ref float _a = ref a;
    private readonly ref float _b = ref b;
    private readonly ref float _y = ref y;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        ref float a = ref _a;
        ref float b = ref _b;
        ref float y = ref _y;
        nint i = from;
        for (; i <= to - TSimd.Lanes; i += TSimd.Lanes)
            TSimd.Store(TSimd.Add(TSimd.Load(ref a, i), TSimd.Load(ref b, i)), ref y, i);
        return i;
    }
}
