using Cnn.Property.Tests.Layers;
using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Drawing;

/// <summary>A network as far as it is drawn, from the point of view of the next layer.</summary>
internal sealed class Unfinished
{
    private readonly List<Layer> _layers;
    private readonly HashSet<int> _referred = [];

    /// <param name="input">The shape that the first layer gets.</param>
    /// <param name="name">What the input is called, or null for its default name.</param>
    public Unfinished(MapShape input, string? name = null) => _layers = [new InputLayer(input) { Name = name }];

    /// <summary>The layer that the next one takes its input from.</summary>
    public int Source { get; set; }

    public NetworkDescription Description => new([.. _layers]);

    public MapShape Input => Description.Shapes[Source];

    public int Count => _layers.Count;

    /// <summary>Whether a layer's outputs are above 0, by what they are.</summary>
    public bool IsPositive(int layer) => _layers[layer] is ActivationLayer { Kind: "Sigmoid" or "Softplus" or "Exp" };

    /// <summary>Layers other than the source whose outputs have a property.</summary>
    public IReadOnlyList<int> Others(Func<MapShape, bool> property)
    {
        IReadOnlyList<MapShape> shapes = Description.Shapes;
        return [.. Enumerable.Range(0, _layers.Count).Where(layer => layer != Source && property(shapes[layer]))];
    }

    /// <summary>The name that a layer can be referred to by: the one that it has by default, or one that it is given.</summary>
    public string Refer(Dice dice, int layer)
    {
        if (_referred.Add(layer) && _layers[layer].Name is null && dice.Chance(60))
            _layers[layer] = _layers[layer] with { Name = $"tensor_{layer}" };
        return Description.Names[layer];
    }

    /// <summary>The network if a layer that reads the source came next.</summary>
    public NetworkDescription With(Layer layer) => new([.. _layers, layer with { From = Description.Names[Source] }]);

    public void Append(Dice dice, Layer layer)
    {
        if (Source != _layers.Count - 1)
            layer = layer with { From = Refer(dice, Source) };
        _layers.Add(layer);
        Source = _layers.Count - 1;
    }
}
