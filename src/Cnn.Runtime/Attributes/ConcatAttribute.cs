namespace Cnn;

/// <summary>The current tensor and named ones, one behind the other along the channels: the current one first, then the others in the order given.</summary>
/// <param name="others">The <see cref="LayerAttribute.Name"/>s of earlier layers, at least one.</param>
/// <remarks>All must have the same axes; a flat vector joins flat vectors.</remarks>
public sealed class ConcatAttribute(params string[] others) : LayerAttribute
{
    /// <summary>The names of the layers whose outputs follow the current tensor.</summary>
    public string[] Others { get; } = others;
}
