using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>Stochastic depth: an image as a whole is x/(1-p) with probability 1-p, else 0. The backward pass is the same call on the gradients.</summary>
/// <remarks>
/// Whether an image is kept depends on the key and the image's number alone: so forward and backward agree without a stored mask, and threads and
/// instruction sets do not matter. Source: Huang et al., arXiv 1603.09382, by rows as torchvision's.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StochasticDepthKernel
{
    /// <summary>y[i] = x[i]/(1-p) where the image is kept, else 0, also for an x that is not finite.</summary>
    /// <param name="x">The input [count].</param>
    /// <param name="y">The output [count]; may be the input.</param>
    /// <param name="count">Floats, a multiple of 8.</param>
    /// <param name="probability">p, the probability of being dropped, in [0, 1).</param>
    /// <param name="key">Which draw, see <see cref="DropoutKernel.Key"/>.</param>
    /// <param name="image">The image's number.</param>
    public static void Apply(ref float x, ref float y, nint count, float probability, ulong key, ulong image)
    {
        if (!IsKept(probability, key, image))
        {
            ElementWise.Clear(ref y, count);
            return;
        }

        float scale = (float)(1 / (1 - (double)probability));
        BinaryKernels.Forward(default(MultiplyOperation), ref x, 0, false, ref scale, 0, true, ref y, 1, count);
    }

    /// <summary>Whether an image is kept: 53 random bits are compared with p.</summary>
    /// <param name="probability">p, the probability of being dropped.</param>
    /// <param name="key">Which draw.</param>
    /// <param name="image">The image's number.</param>
    public static bool IsKept(float probability, ulong key, ulong image) =>
        (new CounterRandom(key, 0).UInt64(image) >> 11) * (1.0 / (1UL << 53)) >= probability;
}
