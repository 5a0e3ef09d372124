namespace Cnn;

/// <summary>The shape of one input, without the batch: features; channels and length; channels, height and width; or channels, depth, height and width.</summary>
/// <param name="shape">One to four positive numbers, channels first.</param>
public sealed class InputAttribute(params int[] shape) : LayerAttribute
{
    /// <summary>The shape of one input, channels first.</summary>
    public int[] Shape { get; } = shape;
}
