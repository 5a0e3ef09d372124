namespace Cnn.Tool.Importing;

/// <summary>Who reads which layer, kept up to date while layers are taken out.</summary>
internal sealed class LayerReaders
{
    private readonly ImportedNetwork _network;
    private readonly Dictionary<Layer, List<Layer>> _readers = [];

    public LayerReaders(ImportedNetwork network)
    {
        _network = network;
        foreach (Layer layer in network.Layers())
        {
            foreach (Layer input in layer.Inputs)
                Of(input).Add(layer);
        }
    }

    /// <summary>The only reader of a layer, or null; the network's output counts as one.</summary>
    public Layer? Only(Layer layer) => layer != _network.Output && Of(layer) is [Layer reader] ? reader : null;

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
        if (_network.Output == layer)
            _network.Output = source;
    }

    private List<Layer> Of(Layer layer)
    {
        if (!_readers.TryGetValue(layer, out List<Layer>? readers))
            _readers[layer] = readers = [];
        return readers;
    }
}
