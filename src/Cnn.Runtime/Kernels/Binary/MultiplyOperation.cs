using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y = a b; the gradients are dy b and dy a.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MultiplyOperation : IBinaryOperation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TSimd, TVector>(TVector a, TVector b)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.Multiply(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector AddFirst<TSimd, TVector>(TVector sum, TVector dy, BinaryOperand a, BinaryOperand b, nint p, nint c)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.MultiplyAdd(dy, b.Load<TSimd, TVector>(p, c), sum);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector AddSecond<TSimd, TVector>(TVector sum, TVector dy, BinaryOperand a, BinaryOperand b, nint p, nint c)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.MultiplyAdd(dy, a.Load<TSimd, TVector>(p, c), sum);
}
