using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

internal static partial class Functions
{
    /// <summary>tanh(x), within 3 ulp, around 0 too; ±1 at ±∞, the sign of 0 and NaN kept.</summary>
    /// <remarks>t / (t + 2) with t = exp(2|x|) - 1; from 10 on the result is 1 in float.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tanh<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector magnitude = TSimd.MinNative(TSimd.Create(10f), TSimd.Abs(x));
        TVector t = Expm1<TSimd, TVector>(TSimd.Add(magnitude, magnitude));
        return WithSignOf<TSimd, TVector>(TSimd.Divide(t, TSimd.Add(t, TSimd.Create(2f))), x);
    }

    /// <summary>A value that is not negative, with the sign of another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector WithSignOf<TSimd, TVector>(TVector magnitude, TVector sign)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.Or(magnitude, TSimd.And(TSimd.Create(-0f), sign));
}
