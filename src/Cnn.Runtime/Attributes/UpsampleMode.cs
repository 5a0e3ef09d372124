namespace Cnn;

/// <summary>How a resized feature map gets its elements. Output o of an axis has its place in the input by <see cref="UpsampleCoordinates"/>.</summary>
public enum UpsampleMode
{
    /// <summary>The element at that place, rounded by <see cref="UpsampleRounding"/>, in any rank.</summary>
    Nearest,

    /// <summary>The weighted mean of the four elements around that place, as <see cref="Linear"/>. Needs height and width.</summary>
    Bilinear,

    /// <summary>The weighted mean of the two elements around that place along each axis, in any rank (PyTorch's linear, bilinear and trilinear).</summary>
    Linear,

    /// <summary>
    /// The cubic convolution of the four elements around that place along each axis (Keys, 1981), those beyond the edge being the edge's (PyTorch's bicubic).
    /// </summary>
    Cubic,
}
