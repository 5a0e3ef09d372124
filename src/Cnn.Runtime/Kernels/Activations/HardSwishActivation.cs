using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y = x min(max(0, x + 3), 6) / 6; the derivative is 0 up to -3 and 1 from 3 on.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct HardSwishActivation : IActivation
{
    /// <inheritdoc/>
    public static bool UsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector gate = TSimd.MinNative(TSimd.Create(6f), TSimd.MaxNative(TSimd.Zero, TSimd.Add(x, TSimd.Create(3f))));
        return TSimd.Multiply(Functions.AboveMinusInfinity<TSimd, TVector>(x), TSimd.Multiply(gate, TSimd.Create(1f / 6f)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Backward<TSimd, TVector>(TVector dy, TVector saved)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        // y' = x / 3 + 1 / 2 between the kinks.
        TVector middle = TSimd.Multiply(dy, TSimd.MultiplyAdd(TSimd.Create(1f / 3f), saved, TSimd.Create(0.5f)));
        TVector low = TSimd.GreaterThanOrEqual(TSimd.Create(-3f), saved);
        TVector high = TSimd.GreaterThanOrEqual(saved, TSimd.Create(3f));
        return TSimd.Select(high, dy, TSimd.AndNot(middle, low));
    }
}
