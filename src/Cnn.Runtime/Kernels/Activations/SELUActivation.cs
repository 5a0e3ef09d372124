using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y = λ x for positive x, λ α (exp(x) - 1) for others; the derivative at 0 is λ α.</summary>
/// <remarks>Source of λ and α: Klambauer et al., arXiv 1706.02515; the digits are PyTorch's.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SELUActivation : IActivation
{
    private const float Alpha = 1.6732632423543772848170429916717f;
    private const float Lambda = 1.0507009873554804934193349852946f;

    /// <inheritdoc/>
    public static bool UsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector curve = TSimd.Multiply(TSimd.Create(Lambda * Alpha), Functions.Expm1<TSimd, TVector>(x));
        return TSimd.Select(TSimd.GreaterThan(x, TSimd.Zero), TSimd.Multiply(TSimd.Create(Lambda), x), curve);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Backward<TSimd, TVector>(TVector dy, TVector saved)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector slope = TSimd.Multiply(TSimd.Create(Lambda * Alpha), Functions.Exp<TSimd, TVector>(saved));
        return TSimd.Multiply(TSimd.Select(TSimd.GreaterThan(saved, TSimd.Zero), TSimd.Create(Lambda), slope), dy);
    }
}
