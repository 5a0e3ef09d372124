namespace Cnn;

/// <summary>What a loss is evaluated on: one output of a batch, and what it should have been.</summary>
internal readonly ref struct LossPass
{
    /// <summary>The outputs of all images [images, channels, positions].</summary>
    public required ReadOnlySpan<float> Outputs { get; init; }

    /// <summary>The labels of all images [images, positions], checked; empty where the loss takes target values.</summary>
    public ReadOnlySpan<int> Labels { get; init; }

    /// <summary>The target values of all images, in the shape of the outputs; empty where the loss takes labels.</summary>
    public ReadOnlySpan<float> Values { get; init; }

    /// <summary>One weight an image, or one a position [images, positions]; empty where all weigh 1.</summary>
    public ReadOnlySpan<float> Weights { get; init; }

    /// <summary>Receives the gradient [images, channels, positions].</summary>
    public required Span<float> Gradient { get; init; }

    /// <summary>The extents.</summary>
    public required LossBatch Batch { get; init; }

    /// <summary>What the gradient of a sum of terms is multiplied by to be that of the result: the loss' factor over <see cref="Loss.Terms"/>.</summary>
    public required double Scale { get; init; }

    /// <summary>The weight of a position.</summary>
    public double WeightAt(int image, int position) => Weights.IsEmpty ? 1
        : Weights.Length == Batch.Images ? Weights[image]
        : Weights[(image * Batch.Positions) + position];
}
