namespace Cnn.CompilerServices;

/// <summary>Cross-entropy of logits and class labels, with label smoothing.</summary>
/// <remarks>
/// At each position, with p = softmax(x) over the K channels: loss = log Σ exp(xⱼ - max) + max - (1-ε)x_y - ε/K Σ xⱼ;
/// gradient = (p - (1-ε)[j = y] - ε/K) / labels. Exponentials and sums are in double, so that they are the same on every instruction set, and channels
/// are added in their order. Source: PyTorch, <c>torch.nn.CrossEntropyLoss</c>.
/// </remarks>
/// <param name="smoothing">ε.</param>
internal sealed class CrossEntropyLoss(float smoothing) : Loss
{
    /// <inheritdoc/>
    internal override bool TakesLabels => true;

    /// <inheritdoc/>
    internal override string Name => "CrossEntropy";

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name}, label smoothing {smoothing}");

    /// <inheritdoc/>
    internal override void EvaluateImages(
        ReadOnlySpan<float> outputs, ReadOnlySpan<int> labels, Span<float> gradient, LossBatch batch, int fromImage, int toImage, Span<double> perImage)
    {
        double scale = 1 / Terms(batch);
        for (int image = fromImage; image < toImage; image++)
        {
            ReadOnlySpan<float> logits = outputs.Slice(image * batch.ImageLength, batch.ImageLength);
            Span<float> slope = gradient.Slice(image * batch.ImageLength, batch.ImageLength);
            ReadOnlySpan<int> classes = labels.Slice(image * batch.Positions, batch.Positions);
            double sum = 0;
            for (int position = 0; position < classes.Length; position++)
                sum += EvaluatePosition(logits[position..], slope[position..], classes[position], batch, scale);
            perImage[image] = sum;
        }
    }

    /// <inheritdoc/>
    private protected override double Terms(LossBatch batch) => (double)batch.Images * batch.Positions;

    /// <summary>One position's loss and gradient; its channels stand <see cref="LossBatch.Positions"/> floats apart.</summary>
    private double EvaluatePosition(ReadOnlySpan<float> logits, Span<float> gradient, int label, LossBatch batch, double scale)
    {
        int stride = batch.Positions;
        int length = ((batch.Channels - 1) * stride) + 1;
        float maximum = float.NegativeInfinity;
        for (int i = 0; i < length; i += stride)
            maximum = logits[i] > maximum ? logits[i] : maximum;

        // The gradient holds the exponentials in between: rounding them to float costs no more than rounding the result.
        double exponentials = 0;
        double differences = 0;
        for (int i = 0; i < length; i += stride)
        {
            double difference = (double)logits[i] - maximum;
            double exponential = Math.Exp(difference);
            exponentials += exponential;
            differences += difference;
            gradient[i] = (float)exponential;
        }

        double spread = (double)smoothing / batch.Channels;
        double factor = scale / exponentials;
        double offset = scale * spread;
        int target = label * stride;
        double atTarget = (gradient[target] * factor) - (scale * (1 - smoothing + spread));
        for (int i = 0; i < length; i += stride)
            gradient[i] = LossMath.ToGradient((gradient[i] * factor) - offset);
        gradient[target] = LossMath.ToGradient(atTarget);

        double logarithm = Math.Log(exponentials);
        double loss = logarithm - ((1 - (double)smoothing) * ((double)logits[target] - maximum));
        return smoothing == 0 ? loss : loss - (spread * differences);
    }
}
