using System.Globalization;
using Cnn.Property.Tests.Layers;

namespace Cnn.Property.Tests.Oracle;

/// <summary>A layer that is computed.</summary>
/// <param name="Layer">What it computes.</param>
/// <param name="Name">With the names of the blocks around it.</param>
/// <param name="Sources">The places of its input and then of its operands; the input of the network has none.</param>
/// <param name="Shape">Of its output.</param>
/// <param name="IsFrozen">It, or a block around it.</param>
internal sealed record PlacedLayer(Layer Layer, string Name, int[] Sources, MapShape Shape, bool IsFrozen);

/// <summary>Puts the layers of blocks in the place of the blocks, and finds what each layer reads.</summary>
internal sealed class Expansion
{
    private readonly List<PlacedLayer> _placed = [];

    public IReadOnlyList<PlacedLayer> Placed => _placed;

    /// <returns>For each layer of the network the name that others call its output, and the place that it is computed at.</returns>
    public IReadOnlyList<(string Name, int Place)> Run(IReadOnlyList<Layer> layers) => Run(layers, "", input: null, frozen: false);

    private List<(string Name, int Place)> Run(IReadOnlyList<Layer> layers, string prefix, int? input, bool frozen)
    {
        Dictionary<string, int> places = [];
        if (input is { } given)
            places.Add("input", given);
        Dictionary<string, int> ordinals = [];
        List<(string, int)> outputs = [];
        int previous = input ?? -1;
        foreach (Layer layer in layers)
        {
            int ordinal = ordinals[layer.Kind] = ordinals.GetValueOrDefault(layer.Kind) + 1;
            string name = layer.Name ?? layer.Kind.ToLowerInvariant() + ordinal.ToString(CultureInfo.InvariantCulture);
            int source = layer.From is null ? previous : places[layer.From];
            switch (layer)
            {
                case BlockLayer block:
                    (name, previous) = Expand(block, prefix, source, frozen, places);
                    break;
                case ResidualLayer residual:
                    previous = AddInput(residual, prefix, name, source, places["input"], frozen || residual.Frozen);
                    break;
                default:
                    previous = Place(layer, prefix + name, layer is InputLayer
                        ? []
                        : [source, .. layer.Operands.Select(operand => places[operand])], frozen || layer.Frozen);
                    break;
            }

            places[name] = previous;
            outputs.Add((name, previous));
        }

        return outputs;
    }

    private (string Name, int Place) Expand(BlockLayer block, string prefix, int source, bool frozen, Dictionary<string, int> places)
    {
        string name = "";
        for (int repetition = 0; repetition < block.Repeat; repetition++)
        {
            name = block.RepetitionName(repetition);
            source = Run(block.Inner, $"{prefix}{name}.", source, frozen || block.Frozen)[^1].Place;
            places[name] = source;
        }

        return (block.Name ?? name, source);
    }

    private int AddInput(ResidualLayer residual, string prefix, string name, int current, int shortcut, bool frozen)
    {
        if (!_placed[shortcut].Shape.IsSame(_placed[current].Shape))
        {
            if (residual.Form == ShortcutForm.WhereShapesFit)
                return current;
            Layer[] projection = ResidualLayer.Projection(_placed[shortcut].Shape, _placed[current].Shape)
                ?? throw new ArgumentException("Nothing projects these shapes.", nameof(residual));
            shortcut = Place(projection[0], prefix + "shortcut", [shortcut], frozen);
            shortcut = Place(projection[1], prefix + "shortcut_norm", [shortcut], frozen);
        }

        return Place(new AddLayer("input"), prefix + name, [current, shortcut], frozen);
    }

    private int Place(Layer layer, string name, int[] sources, bool frozen)
    {
        MapShape shape = layer.OutputShape([.. sources.Select(source => _placed[source].Shape)]);
        _placed.Add(new PlacedLayer(frozen && layer is BatchNormLayer norm ? norm with { Frozen = true } : layer, name, sources, shape, frozen));
        return _placed.Count - 1;
    }
}
