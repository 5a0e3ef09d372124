using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>The smallest number, NaN where one is; those that are equal to it share the gradient, as in PyTorch's amin.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MinReduction : IReduction
{
    /// <inheritdoc/>
    public static bool NeedsValues => true;

    /// <inheritdoc/>
    public static bool CountsTies => true;

    /// <inheritdoc/>
    public static float Start => float.PositiveInfinity;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Add<TSimd, TVector>(TVector sum, TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.Min(sum, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Join<TSimd, TVector>(TVector a, TVector b)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.Min(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Finish<TSimd, TVector>(TVector sum, float count)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => sum;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Share<TSimd, TVector>(TVector dy, TVector y, TVector ties, float count)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.Divide(dy, ties);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Gradient<TSimd, TVector>(TVector share, TVector x, TVector y)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.And(TSimd.Equals(x, y), share);
}
