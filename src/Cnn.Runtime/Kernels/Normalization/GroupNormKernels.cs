using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cnn.CompilerServices;

/// <summary>
/// Normalisation of one image over groups of channels: y = (x - mean) inverseDeviation weight + bias, the statistics those of the channel's group.
/// </summary>
/// <remarks>
/// One group of all channels is layer normalisation, groups of one channel are instance normalisation. Maps are channels-last [positions][pitch]; pitches are
/// multiples of 8. Statistics are formed channel by channel, which lanes hold, and then combined over the channels of a group in double. Source: Wu and He,
/// arXiv 1803.08494.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GroupNormKernels
{
    /// <summary>Mean and inverse deviation of each channel's group.</summary>
    /// <param name="x">Input [positions][pitch].</param>
    /// <param name="positions">Positions of the image, at least 1.</param>
    /// <param name="channels">Channels, a multiple of <paramref name="groups"/>.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    /// <param name="groups">Groups of neighbouring channels.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="mean">Output [pitch], the padding 0.</param>
    /// <param name="inverseDeviation">Output [pitch]: 1 / √(biased variance + epsilon), the padding 0.</param>
    /// <remarks>
    /// A group's squared deviations are those within its channels plus positions · Σ (channel's mean - group's mean)² (Chan, Golub and LeVeque,
    /// 1983).
    /// </remarks>
    public static void Statistics(
        ref float x, nint positions, nint channels, nint pitch, nint groups, float epsilon, ref float mean, ref float inverseDeviation)
    {
        // The squares of the channels wait where the inverse deviations will be.
        BatchNormKernels.Statistics(ref x, positions, pitch, ref mean, ref inverseDeviation);
        nint size = channels / groups;
        double count = (double)positions * size;
        for (nint first = 0; first < channels; first += size)
        {
            ref float means = ref Unsafe.Add(ref mean, first);
            ref float squares = ref Unsafe.Add(ref inverseDeviation, first);
            double centre = ChannelSums.Sum(ref means, size) / size;
            double sum = ChannelSums.Sum(ref squares, size) + (positions * ChannelSums.SquaredDeviations(ref means, size, centre));
            Fill(ref means, size, (float)centre);
            Fill(ref squares, size, (float)(1 / Math.Sqrt((sum / count) + epsilon)));
        }

        Fill(ref Unsafe.Add(ref mean, channels), pitch - channels, 0f);
        Fill(ref Unsafe.Add(ref inverseDeviation, channels), pitch - channels, 0f);
    }

    /// <summary>y = (x - mean) inverseDeviation.</summary>
    /// <param name="x">Input [positions][pitch].</param>
    /// <param name="mean">[pitch].</param>
    /// <param name="inverseDeviation">[pitch].</param>
    /// <param name="y">Output [positions][pitch]; may be <paramref name="x"/>.</param>
    /// <param name="positions">Positions of the image.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    public static void Normalize(ref float x, ref float mean, ref float inverseDeviation, ref float y, nint positions, nint pitch)
        => WidthLadder.RunColumns(new Standardization(ref x, ref mean, ref inverseDeviation, ref y, positions, pitch), pitch);

    /// <summary>The three numbers a channel of which <see cref="BackwardApply"/> makes the gradient of the input.</summary>
    /// <param name="sumDy">Σ_p dy of the image [pitch]: BatchNormKernels.BackwardSums.</param>
    /// <param name="sumDyXhat">Σ_p dy x̂ of the image [pitch].</param>
    /// <param name="weight">[pitch].</param>
    /// <param name="inverseDeviation">[pitch].</param>
    /// <param name="positions">Positions of the image.</param>
    /// <param name="channels">Channels, a multiple of <paramref name="groups"/>.</param>
    /// <param name="pitch">Floats of one row, a multiple of 8.</param>
    /// <param name="groups">Groups of neighbouring channels.</param>
    /// <param name="factor">Output [pitch]: weight inverseDeviation; the padding 0, as in the other outputs.</param>
    /// <param name="slope">Output [pitch]: -inverseDeviation² Σ weight dy x̂ / m, with the sum over the m elements of the group.</param>
    /// <param name="shift">Output [pitch]: -inverseDeviation Σ weight dy / m.</param>
    public static void BackwardCoefficients(
        ref float sumDy,
        ref float sumDyXhat,
        ref float weight,
        ref float inverseDeviation,
        nint positions,
        nint channels,
        nint pitch,
        nint groups,
        ref float factor,
        ref float slope,
        ref float shift)
    {
        nint size = channels / groups;
        double count = (double)positions * size;
        for (nint first = 0; first < channels; first += size)
        {
            ref float weights = ref Unsafe.Add(ref weight, first);
            float inverse = Unsafe.Add(ref inverseDeviation, first);
            double gradient = ChannelSums.Dot(ref weights, ref Unsafe.Add(ref sumDy, first), size);
            double product = ChannelSums.Dot(ref weights, ref Unsafe.Add(ref sumDyXhat, first), size);
            for (nint c = first; c < first + size; c++)
                Unsafe.Add(ref factor, c) = Unsafe.Add(ref weight, c) * inverse;
            FillCoefficients(gradient / count, product / count, inverse, size, ref Unsafe.Add(ref slope, first), ref Unsafe.Add(ref shift, first));
        }

        ClearPadding(channels, pitch, ref factor, ref slope, ref shift);
    }

    /// <summary>The same for a norm whose weights are all 1.</summary>
    /// <param name="sumDy">Σ_p dy of the image [pitch].</param>
    /// <param name="sumDyXhat">Σ_p dy x̂ of the image [pitch].</param>
    /// <param name="inverseDeviation">[pitch].</param>
    /// <param name="positions">Positions of the image.</param>
    /// <param name="channels">Channels, a multiple of <paramref name="groups"/>.</param>
    /// <param name="pitch">Floats of one row, a multiple of 8.</param>
    /// <param name="groups">Groups of neighbouring channels.</param>
    /// <param name="factor">Output [pitch]: inverseDeviation; the padding 0, as in the other outputs.</param>
    /// <param name="slope">Output [pitch]: -inverseDeviation² Σ dy x̂ / m, with the sum over the m elements of the group.</param>
    /// <param name="shift">Output [pitch]: -inverseDeviation Σ dy / m.</param>
    public static void BackwardCoefficients(
        ref float sumDy,
        ref float sumDyXhat,
        ref float inverseDeviation,
        nint positions,
        nint channels,
        nint pitch,
        nint groups,
        ref float factor,
        ref float slope,
        ref float shift)
    {
        nint size = channels / groups;
        double count = (double)positions * size;
        for (nint first = 0; first < channels; first += size)
        {
            float inverse = Unsafe.Add(ref inverseDeviation, first);
            double gradient = ChannelSums.Sum(ref Unsafe.Add(ref sumDy, first), size);
            double product = ChannelSums.Sum(ref Unsafe.Add(ref sumDyXhat, first), size);
            Fill(ref Unsafe.Add(ref factor, first), size, inverse);
            FillCoefficients(gradient / count, product / count, inverse, size, ref Unsafe.Add(ref slope, first), ref Unsafe.Add(ref shift, first));
        }

        ClearPadding(channels, pitch, ref factor, ref slope, ref shift);
    }

    /// <summary>dx = factor dy + slope (x - mean) + shift = inverseDeviation (weight dy - Σ weight dy / m - x̂ Σ weight dy x̂ / m).</summary>
    /// <param name="dy">Gradient of the output [positions][pitch].</param>
    /// <param name="x">Input of the forward pass [positions][pitch].</param>
    /// <param name="mean">[pitch].</param>
    /// <param name="factor">[pitch].</param>
    /// <param name="slope">[pitch].</param>
    /// <param name="shift">[pitch].</param>
    /// <param name="dx">Gradient of the input [positions][pitch], overwritten; may be <paramref name="dy"/>.</param>
    /// <param name="positions">Positions of the image.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    public static void BackwardApply(
        ref float dy, ref float x, ref float mean, ref float factor, ref float slope, ref float shift, ref float dx, nint positions, nint pitch)
        => WidthLadder.RunColumns(new GroupNormBackwardApply(ref dy, ref x, ref mean, ref factor, ref slope, ref shift, ref dx, positions, pitch), pitch);

    private static void FillCoefficients(double meanGradient, double meanProduct, double inverse, nint size, ref float slope, ref float shift)
    {
        Fill(ref slope, size, (float)(-inverse * inverse * meanProduct));
        Fill(ref shift, size, (float)(-inverse * meanGradient));
    }

    private static void ClearPadding(nint channels, nint pitch, ref float factor, ref float slope, ref float shift)
    {
        Fill(ref Unsafe.Add(ref factor, channels), pitch - channels, 0f);
        Fill(ref Unsafe.Add(ref slope, channels), pitch - channels, 0f);
        Fill(ref Unsafe.Add(ref shift, channels), pitch - channels, 0f);
    }

    private static void Fill(ref float y, nint count, float value) => MemoryMarshal.CreateSpan(ref y, checked((int)count)).Fill(value);
}
