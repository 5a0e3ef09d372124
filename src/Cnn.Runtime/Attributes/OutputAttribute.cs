namespace Cnn;

/// <summary>
/// The tensor at this place is an output of the network. It is no layer: the chain goes on behind it. In the order of declaration they are the
/// network's outputs; without any, the last layer's tensor is the only one.
/// </summary>
/// <param name="name">The port's name, one of the set that layers and ports share. Letters, digits and underscores. Default: <c>output</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class OutputAttribute(string name = "output") : Attribute
{
    /// <summary>The port's name.</summary>
    public string Name { get; } = name;

    /// <summary>The name of an earlier layer whose tensor it is. Default: that of the layer before it.</summary>
    public string? From { get; set; }

    /// <summary>How the caller's numbers lie. Default: channels first. It changes no bit of a result.</summary>
    public DataLayout Layout { get; set; }
}
