namespace Cnn;

/// <summary>How an enlarged feature map gets its elements.</summary>
public enum UpsampleMode
{
    /// <summary>Each element is repeated, in any rank.</summary>
    Nearest,

    /// <summary>
    /// The weighted mean of the four elements around output o's place in the input, (o + 1/2) / scale - 1/2 (half-pixel centres, PyTorch's
    /// <c>align_corners=False</c>). Needs height and width.
    /// </summary>
    Bilinear,
}
