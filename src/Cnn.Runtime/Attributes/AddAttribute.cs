namespace Cnn;

/// <summary>The sum of the current tensor and a named one of the same shape: y = x + other (He et al., 2016, the shortcut of a residual block).</summary>
/// <param name="other">The <see cref="LayerAttribute.Name"/> of an earlier layer.</param>
public sealed class AddAttribute(string other) : LayerAttribute
{
    /// <summary>The name of the layer whose output is added.</summary>
    public string Other { get; } = other;
}
