namespace Cnn;

/// <summary>Enlarges every axis by a whole factor (PyTorch's Upsample).</summary>
/// <param name="scale">The factor, at least 1.</param>
public sealed class UpsampleAttribute(int scale) : LayerAttribute
{
    /// <summary>The factor.</summary>
    public int Scale { get; } = scale;

    /// <summary>How elements between those of the input are found. Default <see cref="UpsampleMode.Nearest"/>.</summary>
    public UpsampleMode Mode { get; set; }
}
