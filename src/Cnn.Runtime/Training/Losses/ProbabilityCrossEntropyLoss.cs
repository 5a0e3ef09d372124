namespace Cnn.CompilerServices;

/// <summary>Cross-entropy of logits and probabilities of the classes, with label smoothing and weights of classes.</summary>
/// <remarks>
/// Of probabilities t, smoothed to s = (1-ε) t + ε/K: loss = Σ w s (log Σ exp x - x), gradient = p Σ w s - w s. Source: PyTorch,
/// <c>torch.nn.CrossEntropyLoss</c>.
/// </remarks>
/// <param name="smoothing">ε.</param>
/// <param name="weight">w; null where all weigh 1.</param>
internal sealed class ProbabilityCrossEntropyLoss(float smoothing, float[]? weight) : PositionLoss
{
    /// <inheritdoc/>
    internal override string Name => "CrossEntropy";

    /// <inheritdoc/>
    internal override bool ContainsSoftmax => true;

    /// <inheritdoc/>
    private protected override double EvaluatePosition(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient, LossBatch batch, double scale)
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
            double share = (((1 - (double)smoothing) * targets[i]) + spread) * (weight?[channel] ?? 1);
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
}
