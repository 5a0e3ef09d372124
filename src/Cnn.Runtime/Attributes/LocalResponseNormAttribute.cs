namespace Cnn;

/// <summary>Local response normalisation, y = x / (k + alpha / size * sum of x² over neighbouring channels)^beta (Krizhevsky et al., 2012; PyTorch's LocalResponseNorm).</summary>
/// <param name="size">Channels of a window: channel c sees those from c - size / 2 to c + (size - 1) / 2 that exist.</param>
public sealed class LocalResponseNormAttribute(int size) : LayerAttribute
{
    /// <summary>Channels of a window.</summary>
    public int Size { get; } = size;

    /// <summary>The factor of the mean square. Default 1e-4.</summary>
    public double Alpha { get; set; } = 1e-4;

    /// <summary>The exponent. Default 0.75.</summary>
    public double Beta { get; set; } = 0.75;

    /// <summary>The summand. Default 1.</summary>
    public double K { get; set; } = 1;
}
