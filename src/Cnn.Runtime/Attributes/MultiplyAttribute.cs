namespace Cnn;

/// <summary>The product of the current tensor and a named one, element by element: y = x * other (Hu et al., 2018, squeeze and excitation).</summary>
/// <param name="other">The <see cref="LayerAttribute.Name"/> of an earlier layer.</param>
/// <remarks>
/// An axis, or the channels, of length 1 is repeated to the length of the other tensor's, so that <c>C x 1 x 1</c> scales the channels of <c>C x H x W</c>.
/// Either tensor may be the smaller one.
/// </remarks>
public sealed class MultiplyAttribute(string other) : LayerAttribute
{
    /// <summary>The name of the layer whose output is the other factor.</summary>
    public string Other { get; } = other;
}
