namespace Cnn.CompilerServices;

/// <summary>Constants of the binary32 format that every width shares.</summary>
internal static class FloatBits
{
    /// <summary>Bits of the significand that are stored: an exponent shifted left by so many is a power of two.</summary>
    public const int SignificandBits = 23;

    /// <summary>1.5 · 2²³ plus the exponent bias 127: added to an integral exponent it leaves the biased exponent in the low bits of the sum.</summary>
    public const float ExponentMagic = 12582912f + 127f;

    /// <summary>The bits of √½: subtracted before the exponent is cut off, they move the border between two exponents from 1 to √½.</summary>
    public const int SquareRootOfHalf = 0x3F3504F3;
}
