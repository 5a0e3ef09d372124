using Cnn.Property.Tests.Layers;

namespace Cnn.Property.Tests.Oracle;

/// <summary>The layers of a network, the input first: both its C# text and its evaluation by the oracle follow from it.</summary>
internal sealed class NetworkDescription
{
    private readonly Expansion _expansion = new();

    public NetworkDescription(params Layer[] layers)
    {
        Layers = layers;
        IReadOnlyList<(string Name, int Place)> outputs = _expansion.Run(layers);
        Names = [.. outputs.Select(output => output.Name)];
        Shapes = [.. outputs.Select(output => Placed[output.Place].Shape)];
        Live = LiveOf();
    }

    /// <summary>As they are written.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>As they are written, with those that are written in blocks.</summary>
    public IEnumerable<Layer> AllLayers => Layers.SelectMany(layer => layer is BlockLayer block ? [layer, .. block.Inner] : new[] { layer });

    /// <summary>
    /// By which the outputs of the written layers can be referred to: as given, or the kind in lower case and its ordinal among all layers of its
    /// kind.
    /// </summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Of the written layers' outputs.</summary>
    public IReadOnlyList<MapShape> Shapes { get; }

    /// <summary>The layers that are computed: those of blocks stand in the place of the block.</summary>
    public IReadOnlyList<PlacedLayer> Placed => _expansion.Placed;

    /// <summary>
    /// The places that the output depends on, in order. The others are not computed: their parameters and running statistics stay as they are.
    /// </summary>
    public IReadOnlyList<int> Live { get; }

    public MapShape InputShape => Shapes[0];

    public MapShape OutputShape => Shapes[^1];

    /// <summary>Whether a batch of one image has more than one value a channel in front of every BatchNorm.</summary>
    public bool CanTrainOnOneImage => Placed.All(placed => placed.Layer is not BatchNormLayer || placed.IsFrozen || placed.Shape.Positions > 2);

    /// <summary>The declaration, ready to be pasted.</summary>
    public string Declare(string className) =>
        $"[Network]\n{string.Join('\n', Layers.Select(layer => layer.Text))}\npublic sealed partial class {className};\n"
        + string.Concat(Layers.OfType<BlockLayer>().Select(block => "\n" + block.Declaration));

    public override string ToString() => Declare("Net");

    private List<int> LiveOf()
    {
        SortedSet<int> live = [];
        Stack<int> reached = new([Placed.Count - 1]);
        while (reached.TryPop(out int layer))
        {
            if (!live.Add(layer))
                continue;
            foreach (int source in Placed[layer].Sources)
                reached.Push(source);
        }

        return [.. live];
    }
}
