using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

/// <summary>An input or an output of a network, with its shape.</summary>
public sealed record ShapedPort
{
    public required string Name { get; init; }

    /// <summary>Index of the layer whose tensor it is.</summary>
    public required int Layer { get; init; }

    /// <summary>Where it is written among the declaration's layers; -1 where it is not.</summary>
    public int Place { get; init; } = -1;

    /// <summary>As layers see it.</summary>
    public required TensorShape Shape { get; init; }

    public DataLayout Layout { get; init; }

    public PortElement Element { get; init; }

    /// <summary>Whether the caller's numbers lie otherwise than channel after channel; a vector has one order only.</summary>
    public bool IsChannelsLast => Layout == DataLayout.ChannelsLast && Shape.Rank > 0;

    /// <summary>As the caller's numbers lie.</summary>
    public EquatableArray<int> CallersShape =>
        IsChannelsLast ? Shape.Axes.Append(Shape.Channels).ToEquatableArray() : Shape.Axes.Prepend(Shape.Channels).ToEquatableArray();

    /// <summary>As a property or a constant is called after it.</summary>
    public string PascalName => PortNames.Pascal(Name);

    /// <summary>As a parameter is called.</summary>
    public string CamelName => PortNames.Camel(Name);
}
