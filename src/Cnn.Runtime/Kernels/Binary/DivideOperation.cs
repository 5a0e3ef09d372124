using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y = a / b; the gradients are dy / b and -dy a / b², in the order of PyTorch's: -dy ((a / b) / b).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DivideOperation : IBinaryOperation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TSimd, TVector>(TVector a, TVector b)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.Divide(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector AddFirst<TSimd, TVector>(TVector sum, TVector dy, BinaryOperand a, BinaryOperand b, nint p, nint c)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.Add(sum, TSimd.Divide(dy, b.Load<TSimd, TVector>(p, c)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector AddSecond<TSimd, TVector>(TVector sum, TVector dy, BinaryOperand a, BinaryOperand b, nint p, nint c)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector divisor = b.Load<TSimd, TVector>(p, c);
        TVector quotient = TSimd.Divide(TSimd.Divide(a.Load<TSimd, TVector>(p, c), divisor), divisor);
        return TSimd.Subtract(sum, TSimd.Multiply(dy, quotient));
    }
}
