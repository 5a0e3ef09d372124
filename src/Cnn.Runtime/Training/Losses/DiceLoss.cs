namespace Cnn.CompilerServices;

/// <summary>1 - (2 Σ pt + s) / (Σ p + Σ t + s) over the positions of each channel of each image, with p = σ(x).</summary>
/// <remarks>With I = 2 Σ pt + s and U = Σ p + Σ t + s, the gradient by x is -(2t U - I) / U² · p (1 - p).</remarks>
/// <param name="smoothing">s, positive.</param>
internal sealed class DiceLoss(float smoothing) : Loss
{
    /// <inheritdoc/>
    internal override bool TakesLabels => false;

    /// <inheritdoc/>
    internal override string Name => "Dice";

    /// <inheritdoc/>
    internal override bool ContainsSigmoid => true;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name}, smoothing {smoothing}");

    /// <inheritdoc/>
    internal override void EvaluateImages(in LossPass pass, int fromImage, int toImage, Span<double> perImage)
    {
        LossBatch batch = pass.Batch;
        for (int image = fromImage; image < toImage; image++)
        {
            double share = pass.WeightAt(image, 0);
            double sum = 0;
            for (int channel = 0; channel < batch.Channels; channel++)
            {
                int start = (image * batch.ImageLength) + (channel * batch.Positions);
                sum += EvaluateChannel(
                    pass.Outputs.Slice(start, batch.Positions),
                    pass.Values.Slice(start, batch.Positions),
                    pass.Gradient.Slice(start, batch.Positions),
                    share * pass.Scale);
            }

            perImage[image] = LossMath.Times(share, sum);
        }
    }

    /// <inheritdoc/>
    internal override double Terms(LossBatch batch, ReadOnlySpan<int> labels, ReadOnlySpan<float> weights) =>
        WeightSum(batch with { Positions = 1 }, weights) * batch.Channels;

    /// <inheritdoc/>
    internal override void CheckWeights(int count, LossBatch batch, string parameter) => base.CheckWeights(count, batch with { Positions = 1 }, parameter);

    private double EvaluateChannel(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient, double scale)
    {
        double intersection = smoothing;
        double total = smoothing;
        for (int i = 0; i < outputs.Length; i++)
        {
            double probability = LogisticError.Sigmoid(outputs[i]);
            intersection += 2 * probability * targets[i];
            total += probability + targets[i];
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            double probability = LogisticError.Sigmoid(outputs[i]);
            double slope = ((2 * targets[i] * total) - intersection) / (total * total) * probability * (1 - probability);
            gradient[i] = LossMath.ToGradient(LossMath.Times(scale, -slope));
        }

        return 1 - (intersection / total);
    }
}
