namespace Cnn.Generator.Planning;

/// <summary>Which passes of a trainer's convolution go by Winograd's tiles; null for the direct sum.</summary>
/// <param name="Forward">The output.</param>
/// <param name="InputGradient">The input's gradient, a convolution of the output's.</param>
/// <param name="WeightGradient">The weight's gradient.</param>
public sealed record WinogradPasses(WinogradBatch? Forward, WinogradBatch? InputGradient, WinogradBatch? WeightGradient)
{
    /// <summary>None.</summary>
    public static WinogradPasses None { get; } = new(null, null, null);

    /// <summary>The tiles that read the input; null for none.</summary>
    public WinogradBatch? OfInput => Forward ?? WeightGradient;
}
