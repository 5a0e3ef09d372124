namespace Cnn.CompilerServices;

/// <summary>The sum of a loss for each output; trainers take it apart.</summary>
/// <param name="losses">In the order of the outputs; null for one that is not trained.</param>
internal sealed class EachLoss(Loss?[] losses) : Loss
{
    internal Loss?[] Losses { get; } = losses;

    internal override bool TakesLabels => false;

    internal override string Name => "Each";

    /// <inheritdoc/>
    public override string ToString() => $"Each({string.Join("; ", Losses.Select(static loss => loss?.ToString() ?? "none"))})";

    internal override Loss Times(float more) => new EachLoss([.. Losses.Select(loss => loss?.Times(more))]);

    internal override double Terms(LossBatch batch, ReadOnlySpan<int> labels, ReadOnlySpan<float> weights) => throw Apart();

    private static InvalidOperationException Apart() => new("A loss for each output is evaluated one by one.");
}
