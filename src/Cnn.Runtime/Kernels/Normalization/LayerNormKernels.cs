using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>What layer normalisation has beside <see cref="GroupNormKernels"/> with one group: a weight and a bias for each element of the map.</summary>
/// <remarks>Maps, weights and biases lie alike, [positions][pitch], so that kernels run over floats. Source: Ba, Kiros and Hinton, arXiv 1607.06450.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LayerNormKernels
{
    /// <summary>y = (x - mean) inverseDeviation weight + bias.</summary>
    /// <param name="x">Input [count].</param>
    /// <param name="mean">The image's mean.</param>
    /// <param name="inverseDeviation">The image's inverse deviation.</param>
    /// <param name="weight">[count].</param>
    /// <param name="bias">[count].</param>
    /// <param name="y">Output [count]; may be <paramref name="x"/>.</param>
    /// <param name="count">Floats, a multiple of 8.</param>
    public static void Normalize(ref float x, ref float mean, ref float inverseDeviation, ref float weight, ref float bias, ref float y, nint count)
        => WidthLadder.Run(new LayerNormNormalize(ref x, mean, inverseDeviation, ref weight, ref bias, ref y), count);

    /// <summary>weightGradient += dy x̂ and biasGradient += dy for one image, in blocks of floats that any worker may take.</summary>
    /// <param name="dy">Gradient of the output [count].</param>
    /// <param name="x">Input of the forward pass [count].</param>
    /// <param name="mean">The image's mean.</param>
    /// <param name="inverseDeviation">The image's inverse deviation.</param>
    /// <param name="weightGradient">[count].</param>
    /// <param name="biasGradient">[count].</param>
    /// <param name="count">Floats, a multiple of 8.</param>
    /// <param name="block">Floats of a block, a multiple of 8.</param>
    /// <param name="first">Whether this is the first image, so that the gradients are overwritten.</param>
    /// <param name="from">The first block.</param>
    /// <param name="to">Behind the last block.</param>
    public static void ParameterGradients(
        ref float dy,
        ref float x,
        ref float mean,
        ref float inverseDeviation,
        ref float weightGradient,
        ref float biasGradient,
        nint count,
        nint block,
        bool first,
        nint from,
        nint to)
    {
        nint start = from * block;
        nint end = nint.Min(to * block, count);
        WidthLadder.Run(
            new LayerNormParameterGradients(
                ref Unsafe.Add(ref dy, start),
                ref Unsafe.Add(ref x, start),
                mean,
                inverseDeviation,
                ref Unsafe.Add(ref weightGradient, start),
                ref Unsafe.Add(ref biasGradient, start),
                first),
            end - start);
    }
}
