namespace Cnn.Tool.Importing;

/// <summary>A network as rewrites see it: who reads which layer, and which layers are left, kept up to date while they are changed and taken out.</summary>
internal sealed class LayerReaders
{
    private readonly ImportedNetwork _network;
    private readonly Dictionary<Layer, List<Layer>> _readers = [];
    private readonly HashSet<Layer> _gone = [];

    public LayerReaders(ImportedNetwork network)
    {
        _network = network;
        foreach (Layer layer in network.Layers())
        {
            foreach (Layer input in layer.Inputs)
                Of(input).Add(layer);
        }
    }

    /// <summary>
    /// The layers, each after its inputs, without those that were taken out since the walk began: a rewrite never sees a layer that is no part of the
    /// network.
    /// </summary>
    public IEnumerable<Layer> Walk() => _network.Layers().Where(layer => !_gone.Contains(layer));

    /// <summary>The only reader of a layer, or null where there are several or the network's caller reads it.</summary>
    public Layer? Only(Layer layer) => Of(layer) is [{ IsOutput: false } reader] ? reader : null;

    /// <summary>All readers of a layer, each once; the network's caller is an output.</summary>
    public IEnumerable<Layer> All(Layer layer) => Of(layer).Distinct();

    /// <summary>Lets all readers of a layer read its input instead, or another layer.</summary>
    public void Bypass(Layer layer, Layer? by = null)
    {
        Layer source = by ?? layer.Input;
        foreach (Layer input in layer.Inputs)
            Of(input).Remove(layer);
        foreach (Layer reader in Of(layer))
        {
            for (int index = 0; index < reader.Inputs.Count; index++)
            {
                if (reader.Inputs[index] != layer)
                    continue;
                reader.Inputs[index] = source;
                Of(source).Add(reader);
            }
        }

        Of(layer).Clear();
        _gone.Add(layer);
    }

    /// <summary>Makes another layer of one, which keeps its readers; what nobody reads any more is taken out.</summary>
    public void Become(Layer layer, string kind, Layer input, params (string Name, string Value)[] options)
    {
        Layer[] before = [.. layer.Inputs];
        layer.Become(kind, input, options);
        Of(input).Add(layer);
        Stack<Layer> released = new();
        Release(layer, before, released);
        while (released.TryPop(out Layer? unread))
            Release(unread, unread.Inputs, released);
    }

    private void Release(Layer reader, IEnumerable<Layer> inputs, Stack<Layer> released)
    {
        foreach (Layer input in inputs)
        {
            Of(input).Remove(reader);
            if (Of(input).Count == 0 && !_network.Inputs.Contains(input) && _gone.Add(input))
                released.Push(input);
        }
    }

    private List<Layer> Of(Layer layer)
    {
        if (!_readers.TryGetValue(layer, out List<Layer>? readers))
            _readers[layer] = readers = [];
        return readers;
    }
}
