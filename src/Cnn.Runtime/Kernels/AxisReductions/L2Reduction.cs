using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>The root of the sum of squares; the gradient is dy x / y, and 0 where y is, as PyTorch's.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct L2Reduction : IReduction
{
    /// <inheritdoc/>
    public static bool NeedsValues => true;

    /// <inheritdoc/>
    public static bool CountsTies => false;

    /// <inheritdoc/>
    public static float Start => 0f;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Add<TSimd, TVector>(TVector sum, TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.MultiplyAdd(x, x, sum);

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
        => TSimd.Sqrt(sum);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Share<TSimd, TVector>(TVector dy, TVector y, TVector ties, float count)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.Select(TSimd.Equals(y, TSimd.Zero), TSimd.Zero, TSimd.Divide(dy, y));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Gradient<TSimd, TVector>(TVector share, TVector x, TVector y)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.Multiply(share, x);
}
