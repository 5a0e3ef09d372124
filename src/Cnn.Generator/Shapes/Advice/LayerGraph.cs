using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes.Advice;

/// <summary>Who reads whose output.</summary>
internal sealed class LayerGraph
{
    private readonly List<int>[] _readers;
    private readonly bool[] _isNamed;
    private readonly bool[] _isOutput;

    public LayerGraph(ShapedNetwork network)
    {
        Network = network;
        _readers = new List<int>[network.Layers.Length];
        _isNamed = new bool[network.Layers.Length];
        _isOutput = new bool[network.Layers.Length];
        foreach (ShapedPort output in network.Outputs)
            _isOutput[output.Layer] = true;
        for (int i = 0; i < _readers.Length; i++)
            _readers[i] = [];
        for (int i = 0; i < network.Layers.Length; i++)
        {
            ShapedLayer layer = network.Layers[i];
            for (int input = 0; input < layer.Inputs.Length; input++)
            {
                int source = layer.Inputs[input];
                _readers[source].Add(i);
                // The first layer of a block whose use has a From reads what does not come before it, and has none itself.
                _isNamed[source] |= input > 0 || layer.Spec.From is not null || source != i - 1;
            }
        }
    }

    public ShapedNetwork Network { get; }

    public int Count => Network.Layers.Length;

    public ShapedLayer this[int layer] => Network.Layers[layer];

    /// <summary>Whether the network's caller gets its output.</summary>
    public bool IsOutput(int layer) => _isOutput[layer];

    public bool IsRead(int layer) => _readers[layer].Count > 0;

    /// <summary>Whether a layer takes this one's output by its name, and not merely because it comes next.</summary>
    public bool IsTakenByName(int layer) => _isNamed[layer];

    /// <summary>The single layer that takes this one's output, or -1 where there are several or the network's caller takes it too.</summary>
    public int OnlyReader(int layer) => _readers[layer].Count == 1 && !IsOutput(layer) ? _readers[layer][0] : -1;
}
