namespace Cnn;

/// <summary>Batch normalisation, y = weight (x - mean) / sqrt(variance + epsilon) + bias per channel (Ioffe and Szegedy, arXiv 1502.03167; PyTorch's BatchNorm).</summary>
/// <remarks>
/// A Trainer normalises with the batch's mean and biased variance and moves the running statistics by
/// <see cref="Momentum"/> (the running variance is the unbiased one); a training batch with one value a channel throws. A
/// Predictor has no statistics any more: they are folded into the layer before, or are one scale and one shift a channel.
/// Parameters: <c>weight</c>, <c>bias</c> (if <see cref="Affine"/>), <c>running_mean</c>, <c>running_var</c>, each <c>[channels]</c>.
/// </remarks>
public sealed class BatchNormAttribute : LayerAttribute
{
    /// <summary>Added to the variance. Default 1e-5.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>The weight of the newest batch in the running statistics. Default 0.1.</summary>
    public double Momentum { get; set; } = 0.1;

    /// <summary>Whether weight and bias are learned. Default true.</summary>
    public bool Affine { get; set; } = true;
}
