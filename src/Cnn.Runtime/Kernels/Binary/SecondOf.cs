using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>The derivative by the second operand.</summary>
internal readonly struct SecondOf<TOperation>(TOperation operation) : IBinaryDerivative
    where TOperation : struct, IBinaryOperation
{
    private readonly TOperation _operation = operation;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector AddTo<TSimd, TVector>(TVector sum, TVector dy, BinaryOperand a, BinaryOperand b, nint p, nint c)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => _operation.AddSecond<TSimd, TVector>(sum, dy, a, b, p, c);
}
