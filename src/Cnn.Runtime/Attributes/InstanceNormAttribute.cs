namespace Cnn;

/// <summary>Instance normalisation, y = weight (x - mean) / sqrt(variance + epsilon) + bias over the positions of each channel (Ulyanov et al., arXiv 1607.08022; PyTorch's InstanceNorm).</summary>
/// <remarks>
/// Mean and biased variance are those of one image and channel, in a Trainer and in a Predictor alike; there are no running statistics. Parameters:
/// <c>weight</c> and <c>bias</c> (if <see cref="Affine"/>), each <c>[channels]</c>; they start as 1 and 0.
/// </remarks>
public sealed class InstanceNormAttribute : LayerAttribute
{
    /// <summary>Added to the variance. Default 1e-5.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>Whether weight and bias are learned. Default false.</summary>
    public bool Affine { get; set; }
}
