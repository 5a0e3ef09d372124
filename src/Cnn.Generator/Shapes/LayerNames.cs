using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>Names of outputs: they are valid, unique, and refer backwards.</summary>
internal sealed class LayerNames
{
    private readonly NetworkSpec _network;
    private readonly Dictionary<string, int> _layers = new(StringComparer.Ordinal);

    public LayerNames(NetworkSpec network)
    {
        _network = network;
        for (int i = 0; i < network.Layers.Length; i++)
        {
            string name = network.Layers[i].Name;

            // A given name beats one that another layer has by default, so that it is the given one that is to blame.
            if (!_layers.TryGetValue(name, out int other) || (network.Layers[i].IsNamed && !network.Layers[other].IsNamed))
                _layers[name] = i;
        }
    }

    /// <summary>Checks the layer's own name.</summary>
    public void Check(int layer, LayerFaults faults)
    {
        LayerSpec spec = _network.Layers[layer];
        if (!spec.IsNamed)
            return;
        if (spec.Name.Length == 0 || !spec.Name.All(static letter => char.IsLetterOrDigit(letter) || letter == '_'))
        {
            faults.AddHarmless(FaultIds.InvalidName, "Name", -1, -1, spec.Name);
            return;
        }

        int other = _layers[spec.Name] != layer ? _layers[spec.Name] : DefaultNamesake(layer);
        if (other >= 0)
        {
            string owner = $"the {_network.Layers[other].Kind} at place {LayerFaults.Text(other + 1)}";
            faults.AddHarmless(FaultIds.DuplicateName, "Name", -1, other, spec.Name, owner);
        }
    }

    /// <summary>The layers whose outputs this one takes; each -1, and a fault, where there is none.</summary>
    public IReadOnlyList<int> InputsOf(int layer, LayerFaults faults)
    {
        LayerSpec spec = _network.Layers[layer];
        List<int> inputs = [spec.From is { } from ? Find(layer, from, "From", -1, faults) : layer - 1];
        if (spec is MergeSpec merge)
        {
            for (int index = 0; index < merge.Others.Length; index++)
                inputs.Add(Find(layer, merge.Others[index], merge.OthersArgument, index, faults));
        }

        return inputs;
    }

    private int Find(int layer, string name, string argument, int element, LayerFaults faults)
    {
        string reader = _network.Layers[layer].Name;
        if (!_layers.TryGetValue(name, out int source))
        {
            string earlier = string.Join(", ", _network.Layers.Take(layer).Select(static other => other.Name));
            faults.Add(FaultIds.UnknownName, argument, element, -1, reader, name, earlier.Length == 0 ? "none" : earlier);
            return -1;
        }

        if (source < layer)
            return source;
        faults.Add(FaultIds.LaterName, argument, element, source, reader, name);
        return -1;
    }

    private int DefaultNamesake(int layer)
    {
        for (int i = 0; i < _network.Layers.Length; i++)
        {
            if (i != layer && !_network.Layers[i].IsNamed && _network.Layers[i].Name == _network.Layers[layer].Name)
                return i;
        }

        return -1;
    }
}
