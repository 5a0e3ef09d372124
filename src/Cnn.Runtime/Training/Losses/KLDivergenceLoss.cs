namespace Cnn.CompilerServices;

/// <summary>
/// Σ t (log t - x) of log probabilities x and probabilities t, where 0 log 0 is 0; its gradient is -t. Source: PyTorch, <c>torch.nn.KLDivLoss</c>.
/// </summary>
internal sealed class KLDivergenceLoss : PositionLoss
{
    /// <inheritdoc/>
    internal override string Name => "KLDivergence";

    /// <inheritdoc/>
    private protected override double EvaluatePosition(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient, LossBatch batch, double scale)
    {
        double sum = 0;
        for (int channel = 0; channel < batch.Channels; channel++)
        {
            int i = channel * batch.Positions;
            double target = targets[i];
            sum += target == 0 ? 0 : target * (Math.Log(target) - outputs[i]);
            gradient[i] = LossMath.ToGradient(-target * scale);
        }

        return sum;
    }
}
