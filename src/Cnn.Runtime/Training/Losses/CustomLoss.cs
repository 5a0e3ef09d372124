namespace Cnn.CompilerServices;

/// <summary>A loss of the user's, called once a micro-batch.</summary>
/// <param name="name">What messages call it.</param>
/// <param name="function">The user's function.</param>
internal sealed class CustomLoss(string name, LossFunction function) : Loss
{
    internal override bool TakesLabels => false;

    internal override string Name => name;

    internal LossFunction Function { get; } = function;

    internal override double Terms(LossBatch batch, ReadOnlySpan<int> labels, ReadOnlySpan<float> weights) => batch.Images;

    internal override void CheckWeights(int count, LossBatch batch, string parameter)
    {
        if (count > 0)
            throw new ArgumentException($"The loss '{name}' takes its own mean, so it takes no weights: apply them in its function.", parameter);
    }
}
