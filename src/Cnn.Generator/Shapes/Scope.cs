using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>Layers that see each other's names: those of the network, or of one repetition of a block.</summary>
internal sealed class Scope
{
    private readonly LayerInput?[][] _outputs;

    /// <summary>Opens a scope.</summary>
    /// <param name="layers">In the order in which they run.</param>
    public Scope(EquatableArray<LayerSpec> layers)
    {
        Layers = layers;
        _outputs = [.. layers.Select(static layer => new LayerInput?[Repetitions(layer)])];
    }

    public EquatableArray<LayerSpec> Layers { get; }

    /// <summary>The use of the block; null in the network itself.</summary>
    public LayerPath? Use { get; init; }

    /// <summary>What the block takes.</summary>
    public LayerInput? Input { get; init; }

    /// <summary>What the names of the block's layers begin with.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Whether the use is frozen, and so everything in it.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>The output of the last layer, or null where it has no shape.</summary>
    public LayerInput? Output => _outputs[_outputs.Length - 1][^1];

    public LayerPath PathOf(int layer) => Use?.Inside(layer) ?? layer;

    /// <summary>The layer as the whole network sees it.</summary>
    public LayerSpec Qualified(int layer) => Layers[layer] with { Name = Prefix + Layers[layer].Name, Frozen = IsFrozen || Layers[layer].Frozen };

    /// <summary>What a layer makes, or null where it has no shape.</summary>
    public LayerInput? OutputOf(int layer) => _outputs[layer][^1];

    /// <summary>What a repetition of a block makes.</summary>
    public LayerInput? OutputOf(int layer, int repetition) => _outputs[layer][repetition];

    public void SetOutput(int layer, LayerInput? output, int repetition = 0) => _outputs[layer][repetition] = output;

    /// <summary>Of a use, at least 1 whatever is written and no more than can be expanded.</summary>
    private static int Repetitions(LayerSpec layer) => layer is BlockUseSpec use ? Math.Min(Math.Max(use.Repeat, 1), BlockExpansion.MostLayers) : 1;
}
