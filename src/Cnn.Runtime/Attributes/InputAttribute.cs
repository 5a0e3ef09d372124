namespace Cnn;

/// <summary>
/// An input of the network and its shape, without the batch: features; channels and length; channels, height and width; or channels, depth, height
/// and width. Each starts a chain of layers; in the order of declaration they are the network's inputs. Its <see cref="LayerAttribute.Name"/> is the
/// port's name; one alone needs none and is
/// <c>input</c>.
/// </summary>
/// <param name="shape">One to four positive numbers, as the caller's numbers lie: channels first, unless <see cref="Layout"/> says otherwise.</param>
public sealed class InputAttribute(params int[] shape) : LayerAttribute
{
    /// <summary>The shape of one input, as the caller's numbers lie.</summary>
    public int[] Shape { get; } = shape;

    /// <summary>How the caller's numbers lie. Default: channels first. It changes no bit of a result.</summary>
    public DataLayout Layout { get; set; }

    /// <summary>What the caller's numbers are. Default: floats.</summary>
    public PortElement Element { get; set; }
}
