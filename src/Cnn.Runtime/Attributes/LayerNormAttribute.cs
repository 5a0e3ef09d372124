namespace Cnn;

/// <summary>Layer normalisation, y = weight (x - mean) / sqrt(variance + epsilon) + bias over everything but the batch (Ba et al., arXiv 1607.06450; PyTorch's LayerNorm).</summary>
/// <remarks>
/// Mean and biased variance are those of one image, in a Trainer and in a Predictor alike. Parameters: <c>weight</c> and <c>bias</c> (if
/// <see cref="Affine"/>), each of the input's shape <c>[channels, axes...]</c>; they start as 1 and 0.
/// </remarks>
public sealed class LayerNormAttribute : LayerAttribute
{
    /// <summary>Added to the variance. Default 1e-5.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>Whether weight and bias are learned. Default true.</summary>
    public bool Affine { get; set; } = true;
}
