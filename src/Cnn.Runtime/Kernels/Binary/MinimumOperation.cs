using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y = min(a, b), NaN where one is; the gradient goes to the smaller, and in halves to both where they are equal, as PyTorch's.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MinimumOperation : IBinaryOperation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TSimd, TVector>(TVector a, TVector b)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.Min(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector AddFirst<TSimd, TVector>(TVector sum, TVector dy, BinaryOperand a, BinaryOperand b, nint p, nint c)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => Halves.AddTo<TSimd, TVector>(sum, dy, b.Load<TSimd, TVector>(p, c), a.Load<TSimd, TVector>(p, c));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector AddSecond<TSimd, TVector>(TVector sum, TVector dy, BinaryOperand a, BinaryOperand b, nint p, nint c)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => Halves.AddTo<TSimd, TVector>(sum, dy, a.Load<TSimd, TVector>(p, c), b.Load<TSimd, TVector>(p, c));
}
