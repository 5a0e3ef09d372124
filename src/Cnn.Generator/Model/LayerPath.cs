using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

/// <summary>Where a layer is written.</summary>
/// <param name="Layer">Index into <see cref="NetworkSpec.Layers"/>, or -1 for none.</param>
/// <param name="Within">Where that layer uses a block: the index of the layer in the block, in the block that this one uses, and so on.</param>
public readonly record struct LayerPath(int Layer, EquatableArray<int> Within)
{
    public static implicit operator LayerPath(int layer) => new(layer, default);

    /// <summary>A layer of the block that this one uses.</summary>
    public LayerPath Inside(int layer) => this with { Within = [.. Within, layer] };
}
