using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

/// <summary>The weights that a network has inside its assembly.</summary>
public sealed record EmbeddedWeights
{
    /// <summary>The name of the resource.</summary>
    public required string Resource { get; init; }

    /// <summary>Whether there are no <see cref="Faults"/>.</summary>
    public bool Fits => Faults.Length == 0;

    /// <summary>Why they do not fit.</summary>
    public EquatableArray<Fault> Faults { get; init; }
}
