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
        {
            base.EvaluateImages(pass, fromImage, toImage, perImage);
            return;
        }

        LossBatch batch = pass.Batch;
        for (int image = fromImage; image < toImage; image++)
        {
            int start = image * batch.ImageLength;
            double sum = 0;
            for (int position = 0; position < batch.Positions; position++)
            {
                double share = pass.WeightAt(image, position);
                int first = start + position;
                sum += LossMath.Times(share, OfProbabilities(pass.Outputs[first..], pass.Values[first..], pass.Gradient[first..], batch, share * pass.Scale));
            }

            perImage[image] = sum;
        }
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

    /// <summary>
    /// Of probabilities t of the classes, smoothed to s = (1-ε) t + ε/K: loss = Σ w s (log Σ exp x - x), gradient = p Σ w s - w s. Source: PyTorch.
    /// </summary>
    private double OfProbabilities(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient, LossBatch batch, double scale)
    {
        int length = ((batch.Channels - 1) * batch.Positions) + 1;
        float maximum = float.NegativeInfinity;
        for (int i = 0; i < length; i += batch.Positions)
            maximum = outputs[i] > maximum ? outputs[i] : maximum;
        double exponentials = 0;
        for (int i = 0; i < length; i += batch.Positions)
            exponentials += Math.Exp((double)outputs[i] - maximum);
        double logarithm = Math.Log(exponentials);
        double spread = (double)smoothing / batch.Channels;
        double loss = 0;
        double whole = 0;
        for (int channel = 0; channel < batch.Channels; channel++)
        {
            int i = channel * batch.Positions;
            double share = (((1 - (double)smoothing) * targets[i]) + spread) * (ClassWeights?[channel] ?? 1);
            whole += share;
            loss += LossMath.Times(share, logarithm - ((double)outputs[i] - maximum));
            gradient[i] = (float)share;
        }

        for (int i = 0; i < length; i += batch.Positions)
        {
            double slope = (Math.Exp((double)outputs[i] - maximum) / exponentials * whole) - gradient[i];
            gradient[i] = LossMath.ToGradient(LossMath.Times(scale, slope));
        }

        return loss;
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
