using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

internal static partial class Functions
{
    /// <summary>x, and the smallest float for -∞, so that a product with a factor of 0 is 0 as its limit is; NaN kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector AboveMinusInfinity<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.MaxNative(TSimd.Create(float.MinValue), x);
}
