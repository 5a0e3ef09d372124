using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y = min(max(min, x), max); the derivative at both bounds is 1.</summary>
/// <param name="min">Smallest output.</param>
/// <param name="max">Largest output.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ClipActivation(float min, float max) : IActivation
{
    /// <inheritdoc/>
    public static bool UsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        return TSimd.MinNative(TSimd.Create(max), TSimd.MaxNative(TSimd.Create(min), x));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Backward<TSimd, TVector>(TVector dy, TVector saved)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector inside = TSimd.And(TSimd.GreaterThanOrEqual(saved, TSimd.Create(min)), TSimd.GreaterThanOrEqual(TSimd.Create(max), saved));
        return TSimd.And(inside, dy);
    }
}
