namespace Cnn.Generator.Model;

/// <summary>The weights that a network has inside its assembly.</summary>
public sealed record EmbeddedWeights
{
    /// <summary>The name of the resource.</summary>
    public required string Resource { get; init; }

    /// <summary>The first reason why they do not fit; null where they do.</summary>
    public Fault? Error { get; init; }
}
