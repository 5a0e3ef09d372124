using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>
/// y = x to the power of a constant, as C's pow: NaN for negative x unless the exponent is a whole number, and 1 for the exponent 0; the derivative is
/// exponent · x^(exponent - 1), and 0 for the exponent 0.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct PowerActivation : IActivation
{
    private readonly float _exponent;
    private readonly PowerExponent _power;
    private readonly PowerExponent _less;

    /// <summary>Prepares the powers of output and derivative.</summary>
    /// <param name="exponent">A finite number.</param>
    public PowerActivation(float exponent)
    {
        _exponent = exponent;
        _power = new PowerExponent(exponent);
        _less = new PowerExponent(exponent - 1);
    }

    /// <inheritdoc/>
    public static bool UsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => Functions.Power<TSimd, TVector>(x, _power);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Backward<TSimd, TVector>(TVector dy, TVector saved)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        if (_exponent == 0)
            return TSimd.Multiply(dy, TSimd.Zero);
        return TSimd.Multiply(dy, TSimd.Multiply(TSimd.Create(_exponent), Functions.Power<TSimd, TVector>(saved, _less)));
    }
}
