namespace Cnn.CompilerServices;

/// <summary>1 - cos(x, t) over the channels, with cos = x·t / √((x·x + ε)(t·t + ε)); its gradient is -(t / √(…) - cos x / (x·x + ε)).</summary>
/// <remarks>ε = 1e-12 keeps a vector of zeros from being divided by 0. Source: PyTorch, <c>torch.nn.CosineEmbeddingLoss</c> with a target of 1.</remarks>
internal sealed class CosineEmbeddingLoss : PositionLoss
{
    private const double Epsilon = 1e-12;

    /// <inheritdoc/>
    internal override string Name => "CosineEmbedding";

    /// <inheritdoc/>
    private protected override double EvaluatePosition(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient, LossBatch batch, double scale)
    {
        int stride = batch.Positions;
        double product = 0;
        double outputSquares = Epsilon;
        double targetSquares = Epsilon;
        for (int channel = 0; channel < batch.Channels; channel++)
        {
            double output = outputs[channel * stride];
            double target = targets[channel * stride];
            product += output * target;
            outputSquares += output * output;
            targetSquares += target * target;
        }

        double lengths = Math.Sqrt(outputSquares * targetSquares);
        double cosine = product / lengths;
        for (int channel = 0; channel < batch.Channels; channel++)
        {
            int i = channel * stride;
            gradient[i] = LossMath.ToGradient(LossMath.Times(scale, (cosine * outputs[i] / outputSquares) - (targets[i] / lengths)));
        }

        return 1 - cosine;
    }
}
