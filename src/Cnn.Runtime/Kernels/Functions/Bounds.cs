using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

internal static partial class Functions
{
    /// <summary>Where every gate and bell of an activation has long been 0 or 1 in float, and squares and cubes are far from overflow.</summary>
    private const float Saturated = 256f;

    /// <summary>x, and the smallest float for -∞, so that a product with a factor of 0 is 0 as its limit is; NaN kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector AboveMinusInfinity<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.MaxNative(TSimd.Create(float.MinValue), x);

    /// <summary>x within the range in which activations bend, so that no power of it overflows before a factor of 0 meets it; NaN kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector WithinSaturation<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.MinNative(TSimd.Create(Saturated), TSimd.MaxNative(TSimd.Create(-Saturated), x));
}
