namespace Cnn.CompilerServices;

/// <summary>F(2x2, 5x5): 36 products take the place of 100.</summary>
internal readonly struct TwoOutputsOfFiveTaps : IWinogradForm
{
    /// <inheritdoc/>
    public static int Outputs => 2;

    /// <inheritdoc/>
    public static int Taps => 5;
}
