namespace Cnn.CompilerServices;

/// <summary>-w_y x_y of log probabilities x and the class y; its gradient is -w_y at y and 0 elsewhere. Source: PyTorch, <c>torch.nn.NLLLoss</c>.</summary>
/// <param name="weight">w; null where all weigh 1.</param>
/// <param name="ignoreIndex">The label that does not count; null for none.</param>
internal sealed class NegativeLogLikelihoodLoss(float[]? weight, int? ignoreIndex) : LabelLoss(weight, ignoreIndex)
{
    /// <inheritdoc/>
    internal override string Name => "NegativeLogLikelihood";

    /// <inheritdoc/>
    private protected override double EvaluatePosition(ReadOnlySpan<float> outputs, Span<float> gradient, int label, LossBatch batch, double scale)
    {
        for (int channel = 0; channel < batch.Channels; channel++)
            gradient[channel * batch.Positions] = 0;
        double share = ClassWeights?[label] ?? 1;
        gradient[label * batch.Positions] = LossMath.ToGradient(-share * scale);
        return LossMath.Times(share, -(double)outputs[label * batch.Positions]);
    }
}
