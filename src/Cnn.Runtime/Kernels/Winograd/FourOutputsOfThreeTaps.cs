namespace Cnn.CompilerServices;

/// <summary>F(4x4, 3x3): 36 products take the place of 144.</summary>
internal readonly struct FourOutputsOfThreeTaps : IWinogradForm
{
    /// <inheritdoc/>
    public static int Outputs => 4;

    /// <inheritdoc/>
    public static int Taps => 3;
}
