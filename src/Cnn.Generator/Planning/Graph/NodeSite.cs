using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Where a node is made: a layer, and what of the graph before and behind it decides which node it gets.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Inputs">The values that it reads.</param>
/// <param name="Input">The shape of the first, as it lies in memory: a flattened map is still a map.</param>
/// <param name="Training">Whether it is a trainer's graph.</param>
internal sealed record NodeSite(ShapedLayer Layer, EquatableArray<int> Inputs, TensorShape Input, bool Training)
{
    /// <summary>The layer's own output; what works element by element or channel by channel makes <see cref="Input"/> instead.</summary>
    public TensorShape Output => Layer.OutputShape;

    /// <summary>The nodes that are made already.</summary>
    public required IReadOnlyList<Node> Before { get; init; }

    /// <summary>The shape of a value, as it lies in memory.</summary>
    public required Func<int, TensorShape> Shape { get; init; }

    /// <summary>Whether all that follows can read the output as a map that lies in memory as it is.</summary>
    public required Func<bool> IsReadAsItLies { get; init; }
}
