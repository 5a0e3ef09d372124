using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>The transcendental functions of the kernels: one text for all widths, so that results depend neither on the set nor on a C library.</summary>
internal static partial class Functions
{
    private const float SmallestNormal = 1.17549435e-38f;

    /// <summary>ln(x), within 1.5 ulp, denormal arguments included; -∞ at 0, ∞ at ∞, NaN below 0, NaN kept.</summary>
    /// <remarks>x = m 2ᵉ with m in [√½, √2), so that ln(x) = e ln 2 + ln(1 + f), f = m - 1, and the two parts never cancel.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Log<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        // Denormal arguments are scaled into the normal range by 2²⁴.
        TVector denormal = TSimd.GreaterThan(TSimd.Create(SmallestNormal), x);
        TVector normal = TSimd.Select(denormal, TSimd.Multiply(x, TSimd.Create(16777216f)), x);
        TVector significand = TSimd.Decompose(normal, out TVector exponent);
        exponent = TSimd.Subtract(exponent, TSimd.And(denormal, TSimd.Create(24f)));
        TVector result = ReducedLog1p<TSimd, TVector>(TSimd.Subtract(significand, TSimd.Create(1f)), exponent);
        return WithEnds<TSimd, TVector>(x, result);
    }

    /// <summary>ln(1 + x), within 2 ulp, around 0 too; -∞ at -1, ∞ at ∞, NaN below -1, NaN kept.</summary>
    /// <remarks>
    /// 1 + x is rounded to w = m 2ᵉ; what the rounding lost, x - (w - 1), is added to the rest as f = m - 1 + lost · 2⁻ᵉ. For e = 0 that is x itself.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Log1p<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector one = TSimd.Create(1f);
        TVector w = TSimd.Add(one, x);
        // Each difference is exact where it is used: the smaller operand of the sum is the one that was rounded.
        TVector lostOfX = TSimd.Subtract(x, TSimd.Subtract(w, one));
        TVector lostOfOne = TSimd.Subtract(one, TSimd.Subtract(w, x));
        TVector lost = TSimd.Select(TSimd.GreaterThan(x, one), lostOfOne, lostOfX);
        TVector significand = TSimd.Decompose(w, out TVector exponent);
        // Above 2¹²⁶ the factor would leave the range of normal floats, and nothing that was lost shows there.
        TVector scale = TSimd.PowerOfTwo(TSimd.Negate(TSimd.MinNative(TSimd.Create(126f), exponent)));
        TVector rest = TSimd.MultiplyAdd(lost, scale, TSimd.Subtract(significand, one));
        return WithEnds<TSimd, TVector>(w, ReducedLog1p<TSimd, TVector>(rest, exponent));
    }

    /// <summary>e ln 2 + ln(1 + f) with ln(1 + f) = f - f²/2 + f³ p(f) for f in [√½ - 1, √2 - 1]; p is the minimax polynomial of degree 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ReducedLog1p<TSimd, TVector>(TVector f, TVector exponent)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector p = TSimd.Create(0.0694247112f);
        p = TSimd.MultiplyAdd(p, f, TSimd.Create(-0.117453374f));
        p = TSimd.MultiplyAdd(p, f, TSimd.Create(0.118352547f));
        p = TSimd.MultiplyAdd(p, f, TSimd.Create(-0.123902291f));
        p = TSimd.MultiplyAdd(p, f, TSimd.Create(0.142251581f));
        p = TSimd.MultiplyAdd(p, f, TSimd.Create(-0.166690782f));
        p = TSimd.MultiplyAdd(p, f, TSimd.Create(0.20001848f));
        p = TSimd.MultiplyAdd(p, f, TSimd.Create(-0.249999866f));
        p = TSimd.MultiplyAdd(p, f, TSimd.Create(0.333333164f));
        TVector square = TSimd.Multiply(f, f);
        TVector low = TSimd.Multiply(TSimd.Multiply(square, f), p);
        low = TSimd.MultiplyAdd(exponent, TSimd.Create(LogTwoLow), low);
        low = TSimd.MultiplyAdd(square, TSimd.Create(-0.5f), low);
        return TSimd.MultiplyAdd(exponent, TSimd.Create(LogTwoHigh), TSimd.Add(f, low));
    }

    /// <summary>The logarithm's values where the argument is not positive and finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector WithEnds<TSimd, TVector>(TVector argument, TVector result)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector infinity = TSimd.Create(float.PositiveInfinity);
        TVector ends = TSimd.Select(TSimd.Equals(argument, TSimd.Zero), TSimd.Negate(infinity), TSimd.Create(float.NaN));
        ends = TSimd.Select(TSimd.Equals(argument, infinity), infinity, ends);
        TVector inside = TSimd.And(TSimd.GreaterThan(argument, TSimd.Zero), TSimd.GreaterThan(infinity, argument));
        return TSimd.Select(inside, result, ends);
    }
}
