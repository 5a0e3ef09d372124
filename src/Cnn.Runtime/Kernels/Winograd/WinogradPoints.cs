namespace Cnn.CompilerServices;

/// <summary>The numbers of Winograd's F(4x4, 3x3): the points 0, ±a, ±b and ∞ at which the product of two polynomials is evaluated.</summary>
/// <remarks>
/// Source: Lavin and Gray, "Fast algorithms for convolutional neural networks", arXiv 1509.09308. With a = ¾ and b = 1½ every number of the transforms of input and
/// output is exact, and the result is three times as precise as with the paper's 1 and 2: half as precise as the direct sum.
/// </remarks>
internal static class WinogradPoints
{
    /// <summary>Outputs of a tile along an axis.</summary>
    public const int Outputs = 4;

    /// <summary>Inputs of a tile along an axis, and points.</summary>
    public const int Inputs = 6;

    /// <summary>Points of a tile: what 9 taps become.</summary>
    public const int Points = Inputs * Inputs;

    public const float A = 0.75f;
    public const float B = 1.5f;
    public const float ASquared = A * A;
    public const float BSquared = B * B;
    public const float ProductOfSquares = ASquared * BSquared;
    public const float SumOfSquares = ASquared + BSquared;
}
