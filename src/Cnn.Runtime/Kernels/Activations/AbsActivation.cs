using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y = the magnitude of x; the derivative at 0 is 0, as PyTorch's.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct AbsActivation : IActivation
{
    /// <inheritdoc/>
    public static bool UsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.Abs(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Backward<TSimd, TVector>(TVector dy, TVector saved)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector positive = TSimd.And(TSimd.GreaterThan(saved, TSimd.Zero), dy);
        return TSimd.Select(TSimd.GreaterThan(TSimd.Zero, saved), TSimd.Negate(dy), positive);
    }
}
