using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y = x for positive x, slope x for others; the derivative at 0 is the slope.</summary>
/// <param name="slope">Factor of negative inputs, not negative itself: the sign of the output tells the sign of the input.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct LeakyReLUActivation(float slope) : IActivation
{
    /// <inheritdoc/>
    public static bool UsesOutput => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        return TSimd.Select(TSimd.GreaterThan(x, TSimd.Zero), x, TSimd.Multiply(TSimd.Create(slope), x));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Backward<TSimd, TVector>(TVector dy, TVector saved)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        return TSimd.Select(TSimd.GreaterThan(saved, TSimd.Zero), dy, TSimd.Multiply(TSimd.Create(slope), dy));
    }
}
