using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y = the square root of x, NaN below 0; the derivative is 1 / (2 y), infinite at 0, as PyTorch's.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SqrtActivation : IActivation
{
    /// <inheritdoc/>
    public static bool UsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.Sqrt(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Backward<TSimd, TVector>(TVector dy, TVector saved)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector root = TSimd.Sqrt(saved);
        return TSimd.Divide(dy, TSimd.Add(root, root));
    }
}
