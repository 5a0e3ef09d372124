namespace Cnn.CompilerServices;

/// <summary>Numbers below full precision, which .NET cannot switch off and which some processors compute up to 100 times slower.</summary>
internal static class Denormals
{
    /// <summary>The smallest float that is not denormal, 2^-126.</summary>
    public const float SmallestNormal = 1.17549435e-38f;
}
