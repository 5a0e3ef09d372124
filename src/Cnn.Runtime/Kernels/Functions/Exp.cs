using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

internal static partial class Functions
{
    private const float LogTwoInverse = 1.44269504088896341f;

    // ln 2 in two parts. The high one has nine bits, so n · high is exact, with and without fused multiply-add.
    private const float LogTwoHigh = 0.693359375f;
    private const float LogTwoLow = -2.12194440e-4f;

    // 1.5 · 2²³: adding and subtracting it rounds to an integer, halves to even, in two additions at every width.
    private const float RoundingMagic = 12582912f;

    /// <summary>exp(x), within 1.5 ulp, denormal results included; ∞ from 88.73, 0 below -104, NaN kept.</summary>
    /// <remarks>
    /// x = n ln 2 + r with integral n and |r| ≤ ln 2 / 2, so exp(x) = 2ⁿ exp(r). The power is applied in two factors, because 2ⁿ alone leaves
    /// the range of normal floats at both ends; only the second product can round.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector clamped = TSimd.MinNative(TSimd.Create(89f), TSimd.MaxNative(TSimd.Create(-104.5f), x));
        TVector power = ReduceByLogTwo<TSimd, TVector>(clamped, out TVector remainder);
        TVector less = ReducedExpm1<TSimd, TVector>(remainder);
        TVector first = RoundNearZero<TSimd, TVector>(TSimd.Multiply(TSimd.Create(0.5f), power));
        TVector second = TSimd.Subtract(power, first);
        TVector scale = TSimd.PowerOfTwo(first);
        return TSimd.Multiply(TSimd.MultiplyAdd(less, scale, scale), TSimd.PowerOfTwo(second));
    }

    /// <summary>exp(x) - 1, within 2 ulp, around 0 too; ∞ from 88.73, -1 at -∞, NaN kept.</summary>
    /// <remarks>2ⁿ exp(r) - 1 = 2 (2ⁿ⁻¹ (exp(r) - 1) + (2ⁿ⁻¹ - ½)): halved so that n = 128 stays in range, and exact in r where n = 0.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Expm1<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        // Below -20 the result is -1 in float.
        TVector clamped = TSimd.MinNative(TSimd.Create(89f), TSimd.MaxNative(TSimd.Create(-20f), x));
        TVector power = ReduceByLogTwo<TSimd, TVector>(clamped, out TVector remainder);
        TVector less = ReducedExpm1<TSimd, TVector>(remainder);
        TVector scale = TSimd.PowerOfTwo(TSimd.Subtract(power, TSimd.Create(1f)));
        TVector half = TSimd.MultiplyAdd(less, scale, TSimd.Subtract(scale, TSimd.Create(0.5f)));
        return TSimd.Add(half, half);
    }

    /// <summary>n, the integer nearest to x / ln 2, and the rest r = x - n ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ReduceByLogTwo<TSimd, TVector>(TVector x, out TVector remainder)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector power = RoundNearZero<TSimd, TVector>(TSimd.Multiply(x, TSimd.Create(LogTwoInverse)));
        TVector high = TSimd.MultiplyAdd(power, TSimd.Create(-LogTwoHigh), x);
        remainder = TSimd.MultiplyAdd(power, TSimd.Create(-LogTwoLow), high);
        return power;
    }

    /// <summary>The nearest integer of a value below 2²².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector RoundNearZero<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector magic = TSimd.Create(RoundingMagic);
        return TSimd.Subtract(TSimd.Add(x, magic), magic);
    }

    /// <summary>exp(r) - 1 = r + r² q(r) for |r| ≤ 0.3466; q is the minimax polynomial of degree 5 and moves the result by less than 0.02 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ReducedExpm1<TSimd, TVector>(TVector r)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector q = TSimd.Create(1.99135771e-4f);
        q = TSimd.MultiplyAdd(q, r, TSimd.Create(1.39402878e-3f));
        q = TSimd.MultiplyAdd(q, r, TSimd.Create(8.33327416e-3f));
        q = TSimd.MultiplyAdd(q, r, TSimd.Create(4.16663662e-2f));
        q = TSimd.MultiplyAdd(q, r, TSimd.Create(0.166666672f));
        q = TSimd.MultiplyAdd(q, r, TSimd.Create(0.5f));
        return TSimd.MultiplyAdd(TSimd.Multiply(r, r), q, r);
    }
}
