using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

/// <summary>Something wrong or worth saying, by layer and argument; never by Location, so that it can be cached.</summary>
public sealed record Fault
{
    /// <summary>The diagnostic, such as <c>CNN1003</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Index into <see cref="NetworkSpec.Layers"/>, or -1 for the class itself.</summary>
    public int Layer { get; init; } = -1;

    /// <summary>Where <see cref="Layer"/> uses a block, the index of the layer in the block, in the block that this one uses, and so on; else empty.</summary>
    public EquatableArray<int> Within { get; init; }

    /// <summary>Whether the declaration of a block is wrong whatever uses it: it is shown there, once, and not for every network that uses it.</summary>
    public bool IsOfBlock { get; init; }

    /// <summary>
    /// The argument to blame as it is called in the attribute (<c>Groups</c>, <c>kernel</c>), or null for the whole attribute; for a fault of the
    /// class itself, the member to blame.
    /// </summary>
    public string? Argument { get; init; }

    /// <summary>
    /// For an argument with several values, the one to blame, or -1 for all of them; for a member that the generator adds too, its place among those.
    /// </summary>
    public int Element { get; init; } = -1;

    /// <summary>For an attribute of a type that does not exist, which of these; else -1.</summary>
    public int UnresolvedAttribute { get; init; } = -1;

    /// <summary>The earlier layer that made the shape, or -1.</summary>
    public int RelatedLayer { get; init; } = -1;

    /// <summary>As <see cref="Within"/>, of the related layer.</summary>
    public EquatableArray<int> RelatedWithin { get; init; }

    public LayerPath Path => new(Layer, Within);

    public LayerPath RelatedPath => new(RelatedLayer, RelatedWithin);

    /// <summary>What the message's placeholders become.</summary>
    public EquatableArray<string> Arguments { get; init; }

    /// <summary>What would mend it, the likeliest first; empty where that takes somebody who knows what is wanted.</summary>
    public EquatableArray<Repair> Repairs { get; init; }
}
