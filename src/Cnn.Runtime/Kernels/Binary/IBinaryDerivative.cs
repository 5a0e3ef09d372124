namespace Cnn.CompilerServices;

/// <summary>One of the two partial derivatives of an operation.</summary>
internal interface IBinaryDerivative
{
    /// <inheritdoc cref="IBinaryOperation.AddFirst"/>
    TVector AddTo<TSimd, TVector>(TVector sum, TVector dy, BinaryOperand a, BinaryOperand b, nint p, nint c)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;
}
