using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>Batch normalisation of channels-last maps [positions][pitch]: y = (x - mean) inverseDeviation weight + bias, channel by channel.</summary>
/// <remarks>
/// Statistics and gradient sums are formed image by image, in parallel, and combined in the order of the images. Pitches are multiples of 8; padding
/// channels are treated like the others and touch nobody. Source: Ioffe and Szegedy, arXiv 1502.03167.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BatchNormKernels
{
    /// <summary>Mean and sum of squared deviations of one image, in two passes, because a difference of sums cancels where the mean is large.</summary>
    /// <param name="x">Input [positions][pitch].</param>
    /// <param name="positions">Positions of the image, at least 1.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    /// <param name="mean">Output [pitch].</param>
    /// <param name="squares">Output [pitch]: Σ_p (x - mean)².</param>
    public static void Statistics(ref float x, nint positions, nint pitch, ref float mean, ref float squares)
    {
        WidthLadder.RunColumns(new ColumnMean(ref x, positions, pitch, ref mean), pitch);
        WidthLadder.RunColumns(new SquaredDeviationSum(ref x, positions, pitch, ref mean, ref squares), pitch);
    }

    /// <summary>Statistics of the batch out of those of its images, and the update of the running ones.</summary>
    /// <param name="means">Mean of each image [images][pitch].</param>
    /// <param name="squares">Sum of squared deviations of each image [images][pitch].</param>
    /// <param name="images">Images of the batch, at least 1.</param>
    /// <param name="positions">Positions of each image; images · positions is at least 2, else the running variance becomes NaN.</param>
    /// <param name="pitch">Floats of one row, a multiple of 8.</param>
    /// <param name="mean">Output [pitch].</param>
    /// <param name="inverseDeviation">Output [pitch]: 1 / √(biased variance + epsilon).</param>
    /// <param name="runningMean">[pitch], moved towards the batch's mean.</param>
    /// <param name="runningVariance">[pitch], moved towards the batch's unbiased variance.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="momentum">Weight of the batch in the running statistics, as in PyTorch.</param>
    /// <remarks>
    /// Σ squares + positions Σ (means - mean)² in double. It is the formula of Chan, Golub and LeVeque (1983) for groups of equal size, without its division
    /// for each group.
    /// </remarks>
    public static void Combine(
        ref float means,
        ref float squares,
        nint images,
        nint positions,
        nint pitch,
        ref float mean,
        ref float inverseDeviation,
        ref float runningMean,
        ref float runningVariance,
        float epsilon,
        float momentum)
    {
        double count = (double)images * positions;
        for (nint c = 0; c < pitch; c++)
        {
            double total = 0;
            for (nint n = 0; n < images; n++)
                total += Unsafe.Add(ref means, n * pitch + c);
            double centre = total / images;
            double within = 0;
            double between = 0;
            for (nint n = 0; n < images; n++)
            {
                double deviation = Unsafe.Add(ref means, n * pitch + c) - centre;
                within += Unsafe.Add(ref squares, n * pitch + c);
                between += deviation * deviation;
            }
            double sum = within + positions * between;
            Unsafe.Add(ref mean, c) = (float)centre;
            Unsafe.Add(ref inverseDeviation, c) = (float)(1 / Math.Sqrt(sum / count + epsilon));
            Blend(ref Unsafe.Add(ref runningMean, c), centre, momentum);
            Blend(ref Unsafe.Add(ref runningVariance, c), sum / (count - 1), momentum);
        }
    }

    /// <summary>y = epilogue((x - mean) inverseDeviation weight + bias), without a residual.</summary>
    /// <param name="x">Input [positions][pitch].</param>
    /// <param name="mean">[pitch].</param>
    /// <param name="inverseDeviation">[pitch].</param>
    /// <param name="weight">[pitch].</param>
    /// <param name="bias">[pitch].</param>
    /// <param name="y">Output [positions][pitch]; may be <paramref name="x"/>.</param>
    /// <param name="positions">Positions of the image.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    /// <param name="epilogue">What is done to the normalised.</param>
    public static void Normalize<TEpilogue>(
        ref float x, ref float mean, ref float inverseDeviation, ref float weight, ref float bias, ref float y, nint positions, nint pitch,
        TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
        => Normalize(ref x, ref mean, ref inverseDeviation, ref weight, ref bias, ref Unsafe.NullRef<float>(), ref y, positions, pitch, epilogue);

    /// <summary>y = epilogue((x - mean) inverseDeviation weight + bias, residual).</summary>
    /// <param name="x">Input [positions][pitch].</param>
    /// <param name="mean">[pitch].</param>
    /// <param name="inverseDeviation">[pitch].</param>
    /// <param name="weight">[pitch].</param>
    /// <param name="bias">[pitch].</param>
    /// <param name="residual">Residual [positions][pitch].</param>
    /// <param name="y">Output [positions][pitch]; may be <paramref name="x"/>.</param>
    /// <param name="positions">Positions of the image.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    /// <param name="epilogue">What is done to the normalised.</param>
    public static void Normalize<TEpilogue>(
        ref float x, ref float mean, ref float inverseDeviation, ref float weight, ref float bias, ref float residual, ref float y, nint positions,
        nint pitch, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
        => WidthLadder.RunColumns(
            new BatchNormNormalize<TEpilogue>(
                ref x, ref mean, ref inverseDeviation, ref weight, ref bias, ref residual, ref y, positions, pitch, epilogue),
            pitch);

    /// <summary>The two sums of one image that the gradients need: Σ_p dy and Σ_p dy x̂ with x̂ = (x - mean) inverseDeviation.</summary>
    /// <param name="dy">Gradient of the output [positions][pitch].</param>
    /// <param name="x">Input of the forward pass [positions][pitch].</param>
    /// <param name="mean">[pitch].</param>
    /// <param name="inverseDeviation">[pitch].</param>
    /// <param name="positions">Positions of the image.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    /// <param name="sumDy">Output [pitch].</param>
    /// <param name="sumDyXhat">Output [pitch].</param>
    public static void BackwardSums(
        ref float dy, ref float x, ref float mean, ref float inverseDeviation, nint positions, nint pitch, ref float sumDy, ref float sumDyXhat)
        => BackwardSums(
            default(NormalizedGradient.None), ref dy, ref x, ref mean, ref inverseDeviation, ref Unsafe.NullRef<float>(), ref Unsafe.NullRef<float>(),
            positions, pitch, ref sumDy, ref sumDyXhat);

    /// <summary>The two sums of one image where an activation follows: those of its gradient f'(y) dy with y = f(x̂ weight + bias).</summary>
    /// <param name="activation">f.</param>
    /// <param name="dy">Gradient of y [positions][pitch].</param>
    /// <param name="x">Input of the forward pass [positions][pitch].</param>
    /// <param name="mean">[pitch].</param>
    /// <param name="inverseDeviation">[pitch].</param>
    /// <param name="weight">[pitch].</param>
    /// <param name="bias">[pitch].</param>
    /// <param name="positions">Positions of the image.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    /// <param name="sumDy">Output [pitch].</param>
    /// <param name="sumDyXhat">Output [pitch].</param>
    public static void BackwardSums<TActivation>(
        TActivation activation,
        ref float dy,
        ref float x,
        ref float mean,
        ref float inverseDeviation,
        ref float weight,
        ref float bias,
        nint positions,
        nint pitch,
        ref float sumDy,
        ref float sumDyXhat)
        where TActivation : struct, IActivation
        => WidthLadder.RunColumns(
            new BatchNormBackwardSum<TActivation>(
                ref dy, ref x, ref mean, ref inverseDeviation, ref weight, ref bias, positions, pitch, ref sumDy, ref sumDyXhat, activation),
            pitch);

    /// <summary>The gradients of bias and weight: the sums of the images, added in their order in double.</summary>
    /// <param name="sumsDy">Σ dy of each image [images][pitch].</param>
    /// <param name="sumsDyXhat">Σ dy x̂ of each image [images][pitch].</param>
    /// <param name="images">Images of the batch.</param>
    /// <param name="pitch">Floats of one row, a multiple of 8.</param>
    /// <param name="biasGradient">Output [pitch], overwritten.</param>
    /// <param name="weightGradient">Output [pitch], overwritten.</param>
    public static void BackwardCombine(
        ref float sumsDy, ref float sumsDyXhat, nint images, nint pitch, ref float biasGradient, ref float weightGradient)
    {
        for (nint c = 0; c < pitch; c++)
        {
            double sum = 0;
            double dot = 0;
            for (nint n = 0; n < images; n++)
            {
                sum += Unsafe.Add(ref sumsDy, n * pitch + c);
                dot += Unsafe.Add(ref sumsDyXhat, n * pitch + c);
            }
            Unsafe.Add(ref biasGradient, c) = (float)sum;
            Unsafe.Add(ref weightGradient, c) = (float)dot;
        }
    }

    /// <summary>dx = weight inverseDeviation (dy - inverseCount Σdy - x̂ inverseCount Σdy x̂), the sums over the whole batch.</summary>
    /// <param name="dy">Gradient of the output [positions][pitch].</param>
    /// <param name="x">Input of the forward pass [positions][pitch].</param>
    /// <param name="mean">[pitch].</param>
    /// <param name="inverseDeviation">[pitch].</param>
    /// <param name="weight">[pitch].</param>
    /// <param name="biasGradient">Σ dy of the batch [pitch].</param>
    /// <param name="weightGradient">Σ dy x̂ of the batch [pitch].</param>
    /// <param name="inverseCount">1 / (images · positions); 0 for frozen statistics, through which no gradient flows.</param>
    /// <param name="dx">Gradient of the input [positions][pitch], overwritten; may be <paramref name="dy"/>.</param>
    /// <param name="positions">Positions of the image.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    public static void BackwardApply(
        ref float dy,
        ref float x,
        ref float mean,
        ref float inverseDeviation,
        ref float weight,
        ref float biasGradient,
        ref float weightGradient,
        float inverseCount,
        ref float dx,
        nint positions,
        nint pitch)
        => BackwardApply(
            default(NormalizedGradient.None), ref dy, ref x, ref mean, ref inverseDeviation, ref weight, ref Unsafe.NullRef<float>(), ref biasGradient,
            ref weightGradient, inverseCount, ref dx, positions, pitch);

    /// <summary>The gradient of the input where an activation follows: dy is f'(y) dy with y = f(x̂ weight + bias), and the sums are of that.</summary>
    /// <param name="activation">f.</param>
    /// <param name="dy">Gradient of y [positions][pitch].</param>
    /// <param name="x">Input of the forward pass [positions][pitch].</param>
    /// <param name="mean">[pitch].</param>
    /// <param name="inverseDeviation">[pitch].</param>
    /// <param name="weight">[pitch].</param>
    /// <param name="bias">[pitch].</param>
    /// <param name="biasGradient">Σ f'(y) dy of the batch [pitch].</param>
    /// <param name="weightGradient">Σ f'(y) dy x̂ of the batch [pitch].</param>
    /// <param name="inverseCount">1 / (images · positions).</param>
    /// <param name="dx">Gradient of the input [positions][pitch], overwritten; may be <paramref name="dy"/>.</param>
    /// <param name="positions">Positions of the image.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    public static void BackwardApply<TActivation>(
        TActivation activation,
        ref float dy,
        ref float x,
        ref float mean,
        ref float inverseDeviation,
        ref float weight,
        ref float bias,
        ref float biasGradient,
        ref float weightGradient,
        float inverseCount,
        ref float dx,
        nint positions,
        nint pitch)
        where TActivation : struct, IActivation
        => WidthLadder.RunColumns(
            new BatchNormBackwardApply<TActivation>(
                ref dy, ref x, ref mean, ref inverseDeviation, ref weight, ref bias, ref biasGradient, ref weightGradient, inverseCount, ref dx, positions,
                pitch, activation),
            pitch);

    /// <summary>Batch normalisation with fixed statistics as one factor and one summand a channel: y = x scale + shift.</summary>
    /// <param name="weight">[channels].</param>
    /// <param name="bias">[channels].</param>
    /// <param name="runningMean">[channels].</param>
    /// <param name="runningVariance">[channels].</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="channels">Channels, any number.</param>
    /// <param name="scale">Output [channels]: weight / √(runningVariance + epsilon).</param>
    /// <param name="shift">Output [channels]: bias - runningMean scale.</param>
    /// <remarks>In double, since the shift is the difference of two numbers that may nearly cancel.</remarks>
    public static void ScaleShift(
        ref float weight,
        ref float bias,
        ref float runningMean,
        ref float runningVariance,
        float epsilon,
        nint channels,
        ref float scale,
        ref float shift)
    {
        for (nint c = 0; c < channels; c++)
        {
            double factor = Unsafe.Add(ref weight, c) / Math.Sqrt((double)Unsafe.Add(ref runningVariance, c) + epsilon);
            Unsafe.Add(ref scale, c) = (float)factor;
            Unsafe.Add(ref shift, c) = (float)(Unsafe.Add(ref bias, c) - Unsafe.Add(ref runningMean, c) * factor);
        }
    }

    private static void Blend(ref float running, double batch, double momentum) => running = (float)((1 - momentum) * running + momentum * batch);
}
