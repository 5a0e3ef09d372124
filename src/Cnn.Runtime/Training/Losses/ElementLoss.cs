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
    internal override bool ContainsSigmoid => TError.ContainsSigmoid;

    /// <inheritdoc/>
    internal override void EvaluateImages(in LossPass pass, int fromImage, int toImage, Span<double> perImage)
    {
        int length = pass.Batch.ImageLength;
        for (int image = fromImage; image < toImage; image++)
        {
            ReadOnlySpan<float> output = pass.Outputs.Slice(image * length, length);
            ReadOnlySpan<float> target = pass.Values.Slice(image * length, length);
            Span<float> slopes = pass.Gradient.Slice(image * length, length);
            perImage[image] = pass.Weights.IsEmpty ? Evaluate(output, target, slopes, pass.Scale) : EvaluateWeighted(pass, image, output, target, slopes);
        }
    }

    /// <inheritdoc/>
    internal override double Terms(LossBatch batch, ReadOnlySpan<int> labels, ReadOnlySpan<float> weights) => WeightSum(batch, weights) * batch.Channels;

    private double Evaluate(ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> slopes, double scale)
    {
        double sum = 0;
        for (int i = 0; i < slopes.Length; i++)
        {
            sum += error.Evaluate(output[i], target[i], out double slope);
            slopes[i] = LossMath.ToGradient(slope * scale);
        }

        return sum;
    }

    private double EvaluateWeighted(in LossPass pass, int image, ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> slopes)
    {
        double sum = 0;
        for (int i = 0; i < slopes.Length; i++)
        {
            double weight = pass.WeightAt(image, i % pass.Batch.Positions);
            sum += LossMath.Times(weight, error.Evaluate(output[i], target[i], out double slope));
            slopes[i] = LossMath.ToGradient(LossMath.Times(weight, slope) * pass.Scale);
        }

        return sum;
    }
}
