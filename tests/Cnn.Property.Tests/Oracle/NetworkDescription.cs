using Cnn.Property.Tests.Layers;

namespace Cnn.Property.Tests.Oracle;

/// <summary>The layers of a network, the input first: both its C# text and its evaluation by the oracle follow from it.</summary>
internal sealed class NetworkDescription
{
    private readonly int[][] _sources;

    public NetworkDescription(params Layer[] layers)
    {
        Layers = layers;
        Names = NamesOf(layers);
        _sources = [.. layers.Select((layer, index) => SourcesOf(layer, index))];
        MapShape[] shapes = new MapShape[layers.Length];
        for (int index = 0; index < layers.Length; index++)
            shapes[index] = layers[index].OutputShape([.. _sources[index].Select(source => shapes[source])]);
        Shapes = shapes;
        Live = LiveOf();
    }

    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>As given, or the kind in lower case and its ordinal among all layers of its kind.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Of the layers' outputs.</summary>
    public IReadOnlyList<MapShape> Shapes { get; }

    /// <summary>The layers that the output depends on, in order. The others are not computed: their parameters and running statistics stay as they are.</summary>
    public IReadOnlyList<int> Live { get; }

    public MapShape InputShape => Shapes[0];

    public MapShape OutputShape => Shapes[^1];

    /// <summary>Whether a batch of one image has more than one value a channel in front of every BatchNorm.</summary>
    public bool CanTrainOnOneImage => Enumerable.Range(0, Layers.Count).All(index => Layers[index] is not BatchNormLayer { Frozen: false } || Shapes[index].Positions > 2);

    /// <summary>The layers that a layer reads: its input first, then its operands. The input layer reads none.</summary>
    public IReadOnlyList<int> Sources(int layer) => _sources[layer];

    /// <summary>The declaration, ready to be pasted.</summary>
    public string Declare(string className) =>
        $"[Network]\n{string.Join('\n', Layers.Select(layer => layer.Text))}\npublic sealed partial class {className};\n";

    public override string ToString() => Declare("Net");

    private static string[] NamesOf(Layer[] layers)
    {
        Dictionary<string, int> ordinals = [];
        return
        [
            .. layers.Select(layer =>
            {
                int ordinal = ordinals[layer.Kind] = ordinals.GetValueOrDefault(layer.Kind) + 1;
                return layer.Name ?? layer.Kind.ToLowerInvariant() + ordinal.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }),
        ];
    }

    private List<int> LiveOf()
    {
        SortedSet<int> live = [];
        Stack<int> reached = new([Layers.Count - 1]);
        while (reached.TryPop(out int layer))
        {
            if (!live.Add(layer))
                continue;
            foreach (int source in _sources[layer])
                reached.Push(source);
        }

        return [.. live];
    }

    private int[] SourcesOf(Layer layer, int index)
    {
        if (layer is InputLayer)
            return [];
        int Find(string name) => Enumerable.Range(0, index).Single(source => Names[source] == name);
        return [layer.From is null ? index - 1 : Find(layer.From), .. layer.Operands.Select(Find)];
    }
}
