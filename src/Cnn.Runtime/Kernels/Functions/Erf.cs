using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

internal static partial class Functions
{
    /// <summary>erf(x), within 2 ulp, around 0 too; ±1 at ±∞, the sign of 0 and NaN kept.</summary>
    /// <remarks>
    /// x + x s(x²) for |x| &lt; 1, and 1 - exp(-g(|x|)) with g = -ln(1 - erf) beyond, where g is smooth and its error is multiplied by at most 0.16. Both
    /// are minimax polynomials of degree 6. From 4 on the result is 1 in float.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Erf<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector magnitude = TSimd.Abs(x);
        TVector one = TSimd.Create(1f);
        TVector far = TSimd.Subtract(one, Exp<TSimd, TVector>(TSimd.Negate(FarErf<TSimd, TVector>(TSimd.MinNative(TSimd.Create(4f), magnitude)))));
        return TSimd.Select(TSimd.GreaterThan(one, magnitude), NearErf<TSimd, TVector>(x), WithSignOf<TSimd, TVector>(far, x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector NearErf<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector square = TSimd.Multiply(x, x);
        TVector s = TSimd.Create(7.88911129e-5f);
        s = TSimd.MultiplyAdd(s, square, TSimd.Create(-8.0208393e-4f));
        s = TSimd.MultiplyAdd(s, square, TSimd.Create(5.18953521e-3f));
        s = TSimd.MultiplyAdd(s, square, TSimd.Create(-0.0268544443f));
        s = TSimd.MultiplyAdd(s, square, TSimd.Create(0.112836003f));
        s = TSimd.MultiplyAdd(s, square, TSimd.Create(-0.37612626f));
        s = TSimd.MultiplyAdd(s, square, TSimd.Create(0.128379166f));
        return TSimd.MultiplyAdd(s, x, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector FarErf<TSimd, TVector>(TVector magnitude)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector g = TSimd.Create(-1.85572586e-4f);
        g = TSimd.MultiplyAdd(g, magnitude, TSimd.Create(2.93959305e-3f));
        g = TSimd.MultiplyAdd(g, magnitude, TSimd.Create(-0.0218052603f));
        g = TSimd.MultiplyAdd(g, magnitude, TSimd.Create(0.103037246f));
        g = TSimd.MultiplyAdd(g, magnitude, TSimd.Create(0.638225794f));
        g = TSimd.MultiplyAdd(g, magnitude, TSimd.Create(1.12703991f));
        return TSimd.MultiplyAdd(g, magnitude, TSimd.Create(3.53740266e-4f));
    }
}
