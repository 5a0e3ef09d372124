using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y = x scale^-beta over a range of positions.</summary>
internal readonly ref struct LocalResponseForward(
    ref float x, ref float y, ref float scratch, nint channels, nint pitch, nint size, float alpha, float beta, float k) : IRangeKernel
{
    private readonly ref float _x = ref x;
    private readonly ref float _y = ref y;
    private readonly ref float _scratch = ref scratch;
    private readonly nint _pitch = pitch;
    private readonly LocalResponse _norm = new(channels, pitch, size, alpha, beta, k);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        ref float squares = ref _scratch;
        _norm.ClearMargins(ref squares, _norm.Before, _norm.After);
        for (nint p = from; p < to; p++)
        {
            ref float x = ref Unsafe.Add(ref _x, p * _pitch);
            ref float y = ref Unsafe.Add(ref _y, p * _pitch);
            _norm.Square<TSimd, TVector>(ref x, ref squares);
            for (nint c = 0; c < _pitch; c += TSimd.Lanes)
            {
                TVector power = _norm.InversePower<TSimd, TVector>(_norm.Scale<TSimd, TVector>(ref squares, c));
                TSimd.Store(TSimd.Multiply(TSimd.Load(ref x, c), power), ref y, c);
            }
        }
        return to;
    }
}
