using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y = value for positive x, slope value for others, over a range of channels: forward the value is x, backward it is dy.</summary>
internal readonly ref struct PReLUApply(ref float x, ref float value, ref float slope, ref float y, nint positions, nint pitch, bool perChannel)
    : IRangeKernel
{
    private readonly ref float _x = ref x;
    private readonly ref float _value = ref value;
    private readonly ref float _slope = ref slope;
    private readonly ref float _y = ref y;
    private readonly nint _positions = positions;
    private readonly nint _pitch = pitch;
    private readonly bool _perChannel = perChannel;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        ref float x = ref _x;
        ref float value = ref _value;
        ref float y = ref _y;
        nint pitch = _pitch;
        nint end = _positions * pitch;
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            TVector slope = _perChannel ? TSimd.Load(ref _slope, c) : TSimd.Create(_slope);
            for (nint at = c; at < end; at += pitch)
            {
                TVector factor = TSimd.Load(ref value, at);
                TVector positive = TSimd.GreaterThan(TSimd.Load(ref x, at), TSimd.Zero);
                TSimd.Store(TSimd.Select(positive, factor, TSimd.Multiply(slope, factor)), ref y, at);
            }
        }
        return c;
    }
}
