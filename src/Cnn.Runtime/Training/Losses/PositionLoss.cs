namespace Cnn.CompilerServices;

/// <summary>The mean over images and positions of a loss between the vectors over the channels.</summary>
internal abstract class PositionLoss : Loss
{
    /// <inheritdoc/>
    internal override bool TakesLabels => false;

    /// <inheritdoc/>
    internal override void EvaluateImages(in LossPass pass, int fromImage, int toImage, Span<double> perImage)
    {
        LossBatch batch = pass.Batch;
        for (int image = fromImage; image < toImage; image++)
        {
            int start = image * batch.ImageLength;
            double sum = 0;
            for (int position = 0; position < batch.Positions; position++)
            {
                double share = pass.WeightAt(image, position);
                int first = start + position;
                sum += LossMath.Times(share, EvaluatePosition(pass.Outputs[first..], pass.Values[first..], pass.Gradient[first..], batch, share * pass.Scale));
            }

            perImage[image] = sum;
        }
    }

    /// <inheritdoc/>
    internal override double Terms(LossBatch batch, ReadOnlySpan<int> labels, ReadOnlySpan<float> weights) => WeightSum(batch, weights);

    /// <summary>One position's loss and gradient; its channels stand <see cref="LossBatch.Positions"/> floats apart.</summary>
    /// <param name="outputs">From the position's first channel.</param>
    /// <param name="targets">What they should be.</param>
    /// <param name="gradient">Receives the gradient, likewise.</param>
    /// <param name="batch">The extents.</param>
    /// <param name="scale">What the gradient is multiplied by; where it is 0, so is the gradient.</param>
    private protected abstract double EvaluatePosition(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient, LossBatch batch, double scale);
}
