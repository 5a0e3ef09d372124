namespace Cnn;

/// <summary>Means over as many windows as the output has elements, whatever the input's size (PyTorch's AdaptiveAvgPool).</summary>
/// <param name="size">The output's axes: one number for all axes, or one per axis.</param>
/// <remarks>
/// Window i of an axis goes from floor(i * length / size) up to, not including, ceil((i + 1) * length / size): windows overlap where the size does not divide
/// the length.
/// </remarks>
public sealed class AdaptiveAvgPoolAttribute(params int[] size) : LayerAttribute
{
    /// <summary>The output's axes: one number for all axes, or one per axis.</summary>
    public int[] Size { get; } = size;
}
