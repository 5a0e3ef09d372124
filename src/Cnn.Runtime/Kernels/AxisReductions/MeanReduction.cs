using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>The mean; each number gets an equal part of the gradient.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MeanReduction : IReduction
{
    /// <inheritdoc/>
    public static bool NeedsValues => false;

    /// <inheritdoc/>
    public static bool CountsTies => false;

    /// <inheritdoc/>
    public static float Start => 0f;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Add<TSimd, TVector>(TVector sum, TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.Add(sum, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Join<TSimd, TVector>(TVector a, TVector b)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.Add(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Finish<TSimd, TVector>(TVector sum, float count)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.Divide(sum, TSimd.Create(count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Share<TSimd, TVector>(TVector dy, TVector y, TVector ties, float count)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.Divide(dy, TSimd.Create(count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Gradient<TSimd, TVector>(TVector share, TVector x, TVector y)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => share;
}
