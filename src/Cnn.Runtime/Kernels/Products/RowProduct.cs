using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y[p][c] = a[p][c] b[p][c] over a range of channels.</summary>
internal readonly ref struct RowProduct(Factor a, Factor b, ref float y, nint positions, nint pitch) : IRangeKernel
{
    private readonly Factor _a = a;
    private readonly Factor _b = b;
    private readonly ref float _y = ref y;
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
            for (nint p = 0; p < _positions; p++)
                TSimd.Store(TSimd.Multiply(_a.Load<TSimd, TVector>(p, c), _b.Load<TSimd, TVector>(p, c)), ref _y, (p * _pitch) + c);
        }

        return c;
    }
}
