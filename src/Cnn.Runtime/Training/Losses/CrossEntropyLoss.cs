namespace Cnn.CompilerServices;

/// <summary>Cross-entropy of logits and class labels, with label smoothing and weights of classes.</summary>
/// <remarks>
/// At each position, with p = softmax(x) over the K channels, weights w of the classes, and W their sum: loss = -(1-ε) w_y log p_y - ε/K Σ wⱼ log pⱼ;
/// gradient = (1-ε) w_y (p - [j = y]) + ε/K (W p - wⱼ), over the sum of the labels' weights. Exponentials and sums are in double, so that they are the same
/// on every instruction set, and channels are added in their order. Source: PyTorch, <c>torch.nn.CrossEntropyLoss</c>.
/// </remarks>
/// <param name="smoothing">ε.</param>
/// <param name="weight">w; null where all weigh 1.</param>
/// <param name="ignoreIndex">The label that does not count; null for none.</param>
internal sealed class CrossEntropyLoss(float smoothing, float[]? weight, int? ignoreIndex) : LabelLoss(weight, ignoreIndex)
{
    private readonly ProbabilityCrossEntropyLoss _ofProbabilities = new(smoothing, weight);
    private readonly double _weightSum = weight?.Sum(static value => (double)value) ?? 0;

    /// <inheritdoc/>
    internal override string Name => "CrossEntropy";

    /// <inheritdoc/>
    internal override bool ContainsSoftmax => true;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name}, label smoothing {smoothing}{base.ToString()[Name.Length..]}");

    /// <inheritdoc/>
    internal override bool TakesProbabilities => true;

    /// <inheritdoc/>
    internal override void EvaluateImages(in LossPass pass, int fromImage, int toImage, Span<double> perImage)
    {
        if (pass.Values.IsEmpty)
            base.EvaluateImages(pass, fromImage, toImage, perImage);
        else
            _ofProbabilities.EvaluateImages(pass, fromImage, toImage, perImage);
    }

    /// <inheritdoc/>
    private protected override double EvaluatePosition(ReadOnlySpan<float> outputs, Span<float> gradient, int label, LossBatch batch, double scale)
    {
        int stride = batch.Positions;
        int length = ((batch.Channels - 1) * stride) + 1;
        float maximum = float.NegativeInfinity;
        for (int i = 0; i < length; i += stride)
            maximum = outputs[i] > maximum ? outputs[i] : maximum;

        // The gradient holds the exponentials in between: rounding them to float costs no more than rounding the result.
        double exponentials = 0;
        double differences = 0;
        for (int i = 0; i < length; i += stride)
        {
            double difference = (double)outputs[i] - maximum;
            double exponential = Math.Exp(difference);
            exponentials += exponential;
            differences += difference;
            gradient[i] = (float)exponential;
        }

        double atLabel = (double)outputs[label * stride] - maximum;
        return ClassWeights is null
            ? Unweighted(gradient, label, batch, scale, exponentials, differences, atLabel)
            : Weighted(ClassWeights, outputs, gradient, label, batch, scale, exponentials, maximum);
    }

    private double Unweighted(Span<float> gradient, int label, LossBatch batch, double scale, double exponentials, double differences, double atLabel)
    {
        int stride = batch.Positions;
        int length = ((batch.Channels - 1) * stride) + 1;
        double spread = (double)smoothing / batch.Channels;
        double factor = scale / exponentials;
        double offset = scale * spread;
        int target = label * stride;
        double slopeAtLabel = (gradient[target] * factor) - (scale * (1 - smoothing + spread));
        for (int i = 0; i < length; i += stride)
            gradient[i] = LossMath.ToGradient((gradient[i] * factor) - offset);
        gradient[target] = LossMath.ToGradient(slopeAtLabel);

        double logarithm = Math.Log(exponentials);
        double loss = logarithm - ((1 - (double)smoothing) * atLabel);
        return smoothing == 0 ? loss : loss - (spread * differences);
    }

    private double Weighted(
        float[] weights, ReadOnlySpan<float> outputs, Span<float> gradient, int label, LossBatch batch, double scale, double exponentials, double maximum)
    {
        double spread = (double)smoothing / batch.Channels;
        double certain = (1 - (double)smoothing) * weights[label];
        double factor = (certain + (spread * _weightSum)) / exponentials;
        double logarithm = Math.Log(exponentials);
        double loss = 0;
        for (int channel = 0; channel < batch.Channels; channel++)
        {
            int i = channel * batch.Positions;
            double share = (spread * weights[channel]) + (channel == label ? certain : 0);
            loss += LossMath.Times(share, logarithm - (outputs[i] - maximum));
            gradient[i] = LossMath.ToGradient(((gradient[i] * factor) - share) * scale);
        }

        return loss;
    }
}
