using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y = min(max(0, x), 6); the derivative at 0 and at 6 is 0.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ReLU6Activation : IActivation
{
    /// <inheritdoc/>
    public static bool UsesOutput => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        return TSimd.MinNative(TSimd.Create(6f), TSimd.MaxNative(TSimd.Zero, x));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Backward<TSimd, TVector>(TVector dy, TVector saved)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector outside = TSimd.Or(TSimd.GreaterThanOrEqual(TSimd.Zero, saved), TSimd.GreaterThanOrEqual(saved, TSimd.Create(6f)));
        return TSimd.AndNot(dy, outside);
    }
}
