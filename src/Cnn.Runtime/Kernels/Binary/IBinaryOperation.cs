using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>y = f(a, b), element by element, and its two partial derivatives.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IBinaryOperation
{
    /// <summary>f(a, b) in every lane.</summary>
    TVector Forward<TSimd, TVector>(TVector a, TVector b)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;

    /// <summary>sum + dy times the derivative by a, in every lane.</summary>
    /// <param name="sum">What is added to; -0 changes nothing.</param>
    /// <param name="dy">Gradient of y.</param>
    /// <param name="a">First operand.</param>
    /// <param name="b">Second operand.</param>
    /// <param name="p">The position of the row.</param>
    /// <param name="c">The first lane's channel.</param>
    TVector AddFirst<TSimd, TVector>(TVector sum, TVector dy, BinaryOperand a, BinaryOperand b, nint p, nint c)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;

    /// <summary>sum + dy times the derivative by b, in every lane.</summary>
    /// <param name="sum">What is added to; -0 changes nothing.</param>
    /// <param name="dy">Gradient of y.</param>
    /// <param name="a">First operand.</param>
    /// <param name="b">Second operand.</param>
    /// <param name="p">The position of the row.</param>
    /// <param name="c">The first lane's channel.</param>
    TVector AddSecond<TSimd, TVector>(TVector sum, TVector dy, BinaryOperand a, BinaryOperand b, nint p, nint c)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;
}
