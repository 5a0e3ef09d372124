namespace Cnn.CompilerServices;

/// <summary>A loss times a factor; trainers take the two apart.</summary>
/// <param name="factor">Finite.</param>
/// <param name="inner">Neither scaled itself nor of several outputs.</param>
internal sealed class ScaledLoss(float factor, Loss inner) : Loss
{
    internal override bool TakesLabels => inner.TakesLabels;

    internal override string Name => inner.Name;

    internal override double Factor => factor;

    internal override Loss Inner => inner;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{factor} times {inner}");

    internal override Loss Times(float more) => new ScaledLoss(factor * more, inner);

    internal override double Terms(LossBatch batch, ReadOnlySpan<int> labels, ReadOnlySpan<float> weights) => inner.Terms(batch, labels, weights);
}
