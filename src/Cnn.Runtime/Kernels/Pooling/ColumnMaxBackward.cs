using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>dx[p][c] = dy[c] at the first position with the largest x, else 0, over a range of channels.</summary>
internal readonly ref struct ColumnMaxBackward(ref float dy, ref float x, ref float dx, nint positions, nint pitch) : IRangeKernel
{
    private readonly ref float _dy = ref dy;
    private readonly ref float _x = ref x;
    private readonly ref float _dx = ref dx;
    private readonly nint _positions = positions;
    private readonly nint _pitch = pitch;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        ref float x = ref _x;
        ref float dx = ref _dx;
        nint pitch = _pitch;
        nint end = _positions * pitch;
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            TVector best = ColumnMax.Of<TSimd, TVector>(ref x, c, end, pitch);
            // Whoever is first to equal the maximum takes the gradient and leaves zero for the others.
            TVector left = TSimd.Load(ref _dy, c);
            for (nint at = c; at < end; at += pitch)
            {
                TVector wins = TSimd.Equals(TSimd.Load(ref x, at), best);
                TSimd.Store(TSimd.And(wins, left), ref dx, at);
                left = TSimd.AndNot(left, wins);
            }
        }
        return c;
    }
}
