using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>
/// dx = dy scale^-beta - 2 alpha / size · beta · x Σ dy x scale^(-beta - 1), the sum over the windows that hold the channel, over a range of
/// positions.
/// </summary>
/// <remarks>A channel's window reaches as far back as those of its neighbours reach forward, so the sum is one over a mirrored window.</remarks>
internal readonly ref struct LocalResponseBackward(
    ref float dy, ref float x, ref float dx, ref float scratch, nint channels, nint pitch, nint size, float alpha, float beta, float k) : IRangeKernel
{
    private readonly ref float _dy = ref dy;
    private readonly ref float _x = ref x;
    private readonly ref float _dx = ref dx;
    private readonly ref float _scratch = ref scratch;
    private readonly nint _channels = channels;
    private readonly nint _pitch = pitch;
    private readonly LocalResponse _norm = new(channels, pitch, size, alpha, beta, k);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        ref float squares = ref _scratch;
        ref float terms = ref Unsafe.Add(ref _scratch, _norm.Before + _pitch + _norm.After);
        _norm.ClearMargins(ref squares, _norm.Before, _norm.After);
        _norm.ClearMargins(ref terms, _norm.After, _norm.Before);
        for (nint p = from; p < to; p++)
        {
            ref float dy = ref Unsafe.Add(ref _dy, p * _pitch);
            ref float x = ref Unsafe.Add(ref _x, p * _pitch);
            ref float dx = ref Unsafe.Add(ref _dx, p * _pitch);
            _norm.Square<TSimd, TVector>(ref x, ref squares);
            Direct<TSimd, TVector>(ref dy, ref x, ref dx, ref squares, ref terms);
            ThroughScales<TSimd, TVector>(ref x, ref dx, ref terms);
        }
        return to;
    }

    /// <summary>dx = dy scale^-beta, and the terms dy x scale^(-beta - 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Direct<TSimd, TVector>(ref float dy, ref float x, ref float dx, ref float squares, ref float terms)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (nint c = 0; c < _pitch; c += TSimd.Lanes)
        {
            TVector scale = _norm.Scale<TSimd, TVector>(ref squares, c);
            TVector direct = TSimd.Multiply(TSimd.Load(ref dy, c), _norm.InversePower<TSimd, TVector>(scale));
            TVector mask = EightLanes.Mask<TSimd, TVector>(c, c % EightLanes.Count, _channels);
            direct = TSimd.And(mask, direct);
            TVector value = TSimd.And(mask, TSimd.Load(ref x, c));
            TSimd.Store(TSimd.Divide(TSimd.Multiply(direct, value), scale), ref terms, _norm.After + c);
            TSimd.Store(direct, ref dx, c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ThroughScales<TSimd, TVector>(ref float x, ref float dx, ref float terms)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector factor = TSimd.Create(-_norm.GradientFactor);
        for (nint c = 0; c < _pitch; c += TSimd.Lanes)
        {
            TVector mask = EightLanes.Mask<TSimd, TVector>(c, c % EightLanes.Count, _channels);
            TVector slope = TSimd.Multiply(factor, TSimd.And(mask, TSimd.Load(ref x, c)));
            TSimd.Store(TSimd.MultiplyAdd(slope, _norm.WindowSum<TSimd, TVector>(ref terms, c), TSimd.Load(ref dx, c)), ref dx, c);
        }
    }
}
