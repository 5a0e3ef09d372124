namespace Cnn.CompilerServices;

/// <summary>The points 0, ±a, ±b and ∞ at which the product of two polynomials is evaluated, the same for all forms.</summary>
/// <remarks>
/// Source: Lavin and Gray, "Fast algorithms for convolutional neural networks", arXiv 1509.09308. With a = 5/8 and b = 25/16 every number of the
/// transforms of input and output is exact. Of the pairs of sixteenths from 9/16 and 22/16 to 12/16 and 28/16 they keep the worst layer best on
/// feature maps of trained networks (docs/performance.md): against float64 its median error is 2.5 times and its largest 2.9 times that of the direct
/// sum, where the paper's 1 and 2 give 3.8 and 8.4.
/// </remarks>
internal static class WinogradPoints
{
    /// <summary>Inputs of a tile along an axis, and points.</summary>
    public const int Inputs = 6;

    /// <summary>Points of a tile: what 9 taps, or 25, become.</summary>
    public const int Points = Inputs * Inputs;

    public const float A = 0.625f;
    public const float B = 1.5625f;
    public const float ASquared = A * A;
    public const float BSquared = B * B;
    public const float ACubed = ASquared * A;
    public const float BCubed = BSquared * B;
    public const float ProductOfSquares = ASquared * BSquared;
    public const float SumOfSquares = ASquared + BSquared;

    /// <summary>One over the product of a point's distances from the others; those of a and -a, and of b and -b, are equal, and that of ∞ is 1.</summary>
    public const float QuotientAtZero = (float)(1 / (double)ProductOfSquares);

    /// <inheritdoc cref="QuotientAtZero"/>
    public const float QuotientAtA = (float)(1 / (2.0 * ASquared * (ASquared - BSquared)));

    /// <inheritdoc cref="QuotientAtZero"/>
    public const float QuotientAtB = (float)(1 / (2.0 * BSquared * (BSquared - ASquared)));

    /// <summary>A point by its number; ∞ has none.</summary>
    public static float At(int point) => point switch { 0 => 0, 1 => A, 2 => -A, 3 => B, _ => -B };

    /// <inheritdoc cref="QuotientAtZero"/>
    public static float Quotient(int point) => point switch { 0 => QuotientAtZero, 1 or 2 => QuotientAtA, 3 or 4 => QuotientAtB, _ => 1 };
}
