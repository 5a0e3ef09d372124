using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

internal static partial class Functions
{
    /// <summary>1 / (1 + exp(-x)), within 2.5 ulp, denormal results included; 0 at -∞, 1 at ∞, NaN kept.</summary>
    /// <remarks>With z = exp(-|x|) ≤ 1 nothing overflows: 1 / (1 + z) for positive x, z / (1 + z) for others.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector one = TSimd.Create(1f);
        TVector z = Exp<TSimd, TVector>(TSimd.Negate(TSimd.Abs(x)));
        TVector numerator = TSimd.Select(TSimd.GreaterThan(TSimd.Zero, x), z, one);
        return TSimd.Divide(numerator, TSimd.Add(one, z));
    }
}
