namespace Cnn.CompilerServices;

/// <summary>The mean of one error an output, computed in double and added in the order of the outputs.</summary>
/// <param name="error">The error of one output.</param>
internal sealed class ElementLoss<TError>(TError error) : Loss
    where TError : struct, IElementError
{
    /// <inheritdoc/>
    internal override bool TakesLabels => false;

    /// <inheritdoc/>
    internal override string Name => TError.Name;

    /// <inheritdoc/>
    internal override void EvaluateImages(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient, LossBatch batch, int fromImage, int toImage, Span<double> perImage)
    {
        double scale = 1 / Terms(batch);
        for (int image = fromImage; image < toImage; image++)
        {
            ReadOnlySpan<float> output = outputs.Slice(image * batch.ImageLength, batch.ImageLength);
            ReadOnlySpan<float> target = targets.Slice(image * batch.ImageLength, batch.ImageLength);
            Span<float> slopes = gradient.Slice(image * batch.ImageLength, batch.ImageLength);
            double sum = 0;
            for (int i = 0; i < slopes.Length; i++)
            {
                sum += error.Evaluate(output[i], target[i], out double slope);
                slopes[i] = LossMath.ToGradient(slope * scale);
            }

            perImage[image] = sum;
        }
    }

    /// <inheritdoc/>
    private protected override double Terms(LossBatch batch) => (double)batch.Images * batch.ImageLength;
}
