using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

internal static partial class Functions
{
    /// <summary>2¹² + 1: splits a significand of 24 bits into two of 12 (Veltkamp).</summary>
    private const float Splitter = 4097f;

    /// <summary>Beyond it, the exponential is 0 or infinity whatever is added.</summary>
    private const float FarthestExponent = 120f;

    /// <summary>x to the power of a constant, within 4 ulp where the result is normal; zeros, infinities, NaN and negative x as C's pow.</summary>
    /// <remarks>
    /// Exponents of which the power is a product of at most three factors, a root or a reciprocal of these are computed so, as PyTorch does. Else |x| = m 2ᵉ
    /// and |x|^p = exp(p (e ln 2 + ln m)), where the logarithm is a sum of two floats, because its error is multiplied by up to 88. Products are taken apart
    /// instead of fused, so that the bits are the same where nothing is fused.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Power<TSimd, TVector>(TVector x, PowerExponent exponent)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector one = TSimd.Create(1f);
        switch (exponent.Value)
        {
            case 0f:
                return one;
            case 1f:
                return x;
            case 2f:
                return TSimd.Multiply(x, x);
            case 3f:
                return TSimd.Multiply(TSimd.Multiply(x, x), x);
            case 0.5f:
                return TSimd.Sqrt(x);
            case -0.5f:
                return TSimd.Divide(one, TSimd.Sqrt(x));
            case -1f:
                return TSimd.Divide(one, x);
            case -2f:
                TVector reciprocal = TSimd.Divide(one, x);
                return TSimd.Multiply(reciprocal, reciprocal);
            default:
                return AnyPower<TSimd, TVector>(x, exponent);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AnyPower<TSimd, TVector>(TVector x, PowerExponent exponent)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector magnitude = TSimd.Abs(x);
        TVector logarithm = PreciseLog<TSimd, TVector>(magnitude, out TVector rest);
        Split<TSimd, TVector>(logarithm, out TVector high, out TVector low);
        (TVector p, TVector pHigh, TVector pLow) = (TSimd.Create(exponent.Value), TSimd.Create(exponent.High), TSimd.Create(exponent.Low));
        TVector product = TSimd.Multiply(p, logarithm);
        TVector lost = TSimd.Subtract(TSimd.Multiply(pHigh, high), product);
        lost = TSimd.Add(TSimd.Add(lost, TSimd.Multiply(pHigh, low)), TSimd.Multiply(pLow, high));
        lost = TSimd.Add(TSimd.Add(lost, TSimd.Multiply(pLow, low)), TSimd.Multiply(p, rest));
        TVector power = ExpOfSum<TSimd, TVector>(product, lost);

        // What the logarithm of 0 and of infinity leads to, and of NaN.
        bool grows = exponent.Value > 0;
        TVector infinity = TSimd.Create(float.PositiveInfinity);
        power = TSimd.Select(TSimd.Equals(magnitude, TSimd.Zero), TSimd.Create(grows ? 0f : float.PositiveInfinity), power);
        power = TSimd.Select(TSimd.Equals(magnitude, infinity), TSimd.Create(grows ? float.PositiveInfinity : 0f), power);
        power = TSimd.Select(TSimd.Equals(x, x), power, x);
        if (!exponent.IsWhole)
        {
            TVector isNegative = TSimd.And(TSimd.GreaterThan(TSimd.Zero, x), TSimd.GreaterThan(x, TSimd.Negate(infinity)));
            return TSimd.Select(isNegative, TSimd.Create(float.NaN), power);
        }

        return exponent.IsOdd ? TSimd.Or(power, TSimd.And(x, TSimd.Create(-0f))) : power;
    }

    /// <summary>ln(x) as the sum of two floats, within 2⁻²⁹ of itself, for positive finite x.</summary>
    /// <remarks>ln m = 2 artanh(s) = 2 (s + s³/3 + s⁵/5 + ...), s = (m - 1) / (m + 1), whose first term is all that has to be precise.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector PreciseLog<TSimd, TVector>(TVector x, out TVector rest)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector one = TSimd.Create(1f);
        TVector denormal = TSimd.GreaterThan(TSimd.Create(SmallestNormal), x);
        TVector normal = TSimd.Select(denormal, TSimd.Multiply(x, TSimd.Create(16777216f)), x);
        TVector m = TSimd.Decompose(normal, out TVector exponent);
        exponent = TSimd.Subtract(exponent, TSimd.And(denormal, TSimd.Create(24f)));

        TVector numerator = TSimd.Subtract(m, one);
        TVector denominator = TSimd.Add(m, one);
        TVector denominatorRest = TSimd.Subtract(m, TSimd.Subtract(denominator, one));
        TVector s = TSimd.Divide(numerator, denominator);
        TVector remainder = TSimd.Subtract(numerator, Product<TSimd, TVector>(s, denominator, out TVector lost));
        remainder = TSimd.Subtract(TSimd.Subtract(remainder, lost), TSimd.Multiply(s, denominatorRest));
        TVector sRest = TSimd.Divide(remainder, denominator);

        TVector square = TSimd.Multiply(s, s);
        TVector tail = TSimd.Create(0.22222222f);
        tail = TSimd.MultiplyAdd(tail, square, TSimd.Create(0.2857143f));
        tail = TSimd.MultiplyAdd(tail, square, TSimd.Create(0.4f));
        tail = TSimd.MultiplyAdd(tail, square, TSimd.Create(0.6666667f));
        tail = TSimd.Multiply(TSimd.Multiply(tail, square), s);

        TVector whole = TSimd.Multiply(exponent, TSimd.Create(LogTwoHigh));
        TVector twice = TSimd.Add(s, s);
        TVector sum = TSimd.Add(whole, twice);
        // The exponent's part is 0 or larger than the other, so that what the sum lost is exact.
        TVector lostOfSum = TSimd.Select(
            TSimd.Equals(exponent, TSimd.Zero), TSimd.Zero, TSimd.Subtract(twice, TSimd.Subtract(sum, whole)));
        TVector small = TSimd.Add(TSimd.Add(sRest, sRest), tail);
        small = TSimd.Add(TSimd.Add(small, TSimd.Multiply(exponent, TSimd.Create(LogTwoLow))), lostOfSum);
        TVector logarithm = TSimd.Add(sum, small);
        rest = TSimd.Subtract(small, TSimd.Subtract(logarithm, sum));
        return logarithm;
    }

    /// <summary>exp(x + more), where more is small.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ExpOfSum<TSimd, TVector>(TVector x, TVector more)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector farthest = TSimd.Create(FarthestExponent);
        TVector isFar = TSimd.GreaterThan(TSimd.Abs(x), farthest);
        TVector clamped = TSimd.MinNative(farthest, TSimd.MaxNative(TSimd.Negate(farthest), x));
        TVector power = ReduceByLogTwo<TSimd, TVector>(clamped, out TVector remainder);
        TVector less = ReducedExpm1<TSimd, TVector>(TSimd.Add(remainder, TSimd.Select(isFar, TSimd.Zero, more)));
        TVector first = RoundNearZero<TSimd, TVector>(TSimd.Multiply(TSimd.Create(0.5f), power));
        TVector scale = TSimd.PowerOfTwo(first);
        return TSimd.Multiply(TSimd.MultiplyAdd(less, scale, scale), TSimd.PowerOfTwo(TSimd.Subtract(power, first)));
    }

    /// <summary>a b rounded, and what the rounding lost, without fused multiply-add (Dekker).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Product<TSimd, TVector>(TVector a, TVector b, out TVector lost)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector product = TSimd.Multiply(a, b);
        Split<TSimd, TVector>(a, out TVector aHigh, out TVector aLow);
        Split<TSimd, TVector>(b, out TVector bHigh, out TVector bLow);
        lost = TSimd.Subtract(TSimd.Multiply(aHigh, bHigh), product);
        lost = TSimd.Add(TSimd.Add(lost, TSimd.Multiply(aHigh, bLow)), TSimd.Multiply(aLow, bHigh));
        lost = TSimd.Add(lost, TSimd.Multiply(aLow, bLow));
        return product;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Split<TSimd, TVector>(TVector value, out TVector high, out TVector low)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector large = TSimd.Multiply(value, TSimd.Create(Splitter));
        high = TSimd.Subtract(large, TSimd.Subtract(large, value));
        low = TSimd.Subtract(value, high);
    }
}
