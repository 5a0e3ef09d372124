namespace Cnn;

/// <summary>Group normalisation, y = weight (x - mean) / sqrt(variance + epsilon) + bias over groups of neighbouring channels (Wu and He, arXiv 1803.08494; PyTorch's GroupNorm).</summary>
/// <param name="groups">The number of groups. Must divide the channels.</param>
/// <remarks>
/// Mean and biased variance are those of one image and group, in a Trainer and in a Predictor alike. Parameters: <c>weight</c> and <c>bias</c> (if
/// <see cref="Affine"/>), each <c>[channels]</c>; they start as 1 and 0.
/// </remarks>
public sealed class GroupNormAttribute(int groups) : LayerAttribute
{
    /// <summary>The number of groups.</summary>
    public int Groups { get; } = groups;

    /// <summary>Added to the variance. Default 1e-5.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>Whether weight and bias are learned. Default true.</summary>
    public bool Affine { get; set; } = true;
}
