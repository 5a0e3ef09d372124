using System.Globalization;

namespace Cnn.CompilerServices;

/// <summary>A loss of class labels, where a class may have a weight and one label may be left out.</summary>
/// <remarks>
/// Each position has the weight of its label times its own, and the loss is the mean over these weights. Source: PyTorch, <c>torch.nn.CrossEntropyLoss</c>,
/// <c>torch.nn.NLLLoss</c>.
/// </remarks>
/// <param name="weight">One weight a class; null where all weigh 1.</param>
/// <param name="ignoreIndex">The label that does not count; null for none.</param>
internal abstract class LabelLoss(float[]? weight, int? ignoreIndex) : Loss
{
    /// <inheritdoc/>
    internal override bool TakesLabels => true;

    /// <inheritdoc/>
    internal override int? IgnoredLabel => ignoreIndex;

    /// <summary>The classes' weights; null where all weigh 1.</summary>
    protected float[]? ClassWeights => weight;

    /// <inheritdoc/>
    public override string ToString()
    {
        string weights = weight is null ? string.Empty
            : $", weight [{string.Join(", ", weight.Select(static value => FormattableString.Invariant($"{value}")))}]";
        return Name + weights + (ignoreIndex is null ? string.Empty : FormattableString.Invariant($", ignore index {ignoreIndex}"));
    }

    /// <inheritdoc/>
    internal override void CheckChannels(int channels, string output)
    {
        if (weight is not null && weight.Length != channels)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"{Name} has {weight.Length} class weights, and the classes of the output '{output}' are {channels}: "
                + $"give one weight for each class."));
        }
    }

    /// <inheritdoc/>
    internal override void EvaluateImages(in LossPass pass, int fromImage, int toImage, Span<double> perImage)
    {
        LossBatch batch = pass.Batch;
        for (int image = fromImage; image < toImage; image++)
        {
            ReadOnlySpan<float> outputs = pass.Outputs.Slice(image * batch.ImageLength, batch.ImageLength);
            Span<float> gradient = pass.Gradient.Slice(image * batch.ImageLength, batch.ImageLength);
            ReadOnlySpan<int> labels = pass.Labels.Slice(image * batch.Positions, batch.Positions);
            double sum = 0;
            for (int position = 0; position < labels.Length; position++)
            {
                double share = pass.WeightAt(image, position);
                if (labels[position] == ignoreIndex || share == 0)
                    Clear(gradient[position..], batch);
                else
                    sum += share * EvaluatePosition(outputs[position..], gradient[position..], labels[position], batch, share * pass.Scale);
            }

            perImage[image] = sum;
        }
    }

    /// <inheritdoc/>
    internal override double Terms(LossBatch batch, ReadOnlySpan<int> labels, ReadOnlySpan<float> weights)
    {
        if ((weight is null && ignoreIndex is null) || labels.IsEmpty)
            return WeightSum(batch, weights);
        double sum = 0;
        for (int index = 0; index < labels.Length; index++)
        {
            if (labels[index] == ignoreIndex)
                continue;
            double share = weights.IsEmpty ? 1 : weights[weights.Length == labels.Length ? index : index / batch.Positions];
            sum += share * (weight is null ? 1 : weight[labels[index]]);
        }

        return sum;
    }

    /// <summary>One position's loss and gradient; its channels stand <see cref="LossBatch.Positions"/> floats apart.</summary>
    /// <param name="outputs">From the position's first channel.</param>
    /// <param name="gradient">Receives the gradient, likewise.</param>
    /// <param name="label">A class.</param>
    /// <param name="batch">The extents.</param>
    /// <param name="scale">What the gradient is multiplied by.</param>
    /// <returns>The loss, with the weight of its class and without the position's.</returns>
    private protected abstract double EvaluatePosition(ReadOnlySpan<float> outputs, Span<float> gradient, int label, LossBatch batch, double scale);

    private static void Clear(Span<float> gradient, LossBatch batch)
    {
        for (int channel = 0; channel < batch.Channels; channel++)
            gradient[channel * batch.Positions] = 0;
    }
}
