namespace Cnn.Generator.Model;

/// <summary>One layer attribute as it was read. Closed: every kind is a file in the folder Layers.</summary>
public abstract record LayerSpec
{
    private protected LayerSpec()
    {
    }

    /// <summary>The attribute without its suffix, as <c>Conv</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>As given, or the kind in lower case and its ordinal among all layers of the kind; empty until one of the two is known.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether the user gave the name.</summary>
    public bool IsNamed { get; init; }

    /// <summary>The name of the layer whose output this one takes, or null for the one before.</summary>
    public string? From { get; init; }

    public bool Frozen { get; init; }

    /// <summary>Whether each element becomes what its own number says, wherever it lies, so that the order of the elements in memory does not matter.</summary>
    public virtual bool IsElementWise => false;

    /// <summary>The arguments for those that read a network's structure at run time, such as the export to ONNX; none where the shapes say it all.</summary>
    /// <param name="layer">This layer with its shapes.</param>
    public virtual IEnumerable<ResolvedArgument> Resolve(ShapedLayer layer) => [];
}
