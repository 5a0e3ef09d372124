using Cnn.Tool.Importing;

namespace Cnn.Tool.Writing;

/// <summary>The order in which layers are written: each right behind what it reads, as far as that goes, so that few need a From.</summary>
internal static class DeclarationOrder
{
    public static List<Layer> Of(ImportedNetwork network)
    {
        List<Layer> layers = network.Layers();
        Dictionary<Layer, int> position = layers.Select((layer, index) => (layer, index)).ToDictionary(pair => pair.layer, pair => pair.index);
        Dictionary<Layer, Layer[]> needs = layers.ToDictionary(layer => layer, layer => Needs(layer, network));
        Dictionary<Layer, int> waiting = layers.ToDictionary(layer => layer, layer => needs[layer].Length);
        ILookup<Layer, Layer> readers = layers.SelectMany(layer => needs[layer].Select(need => (need, layer))).ToLookup(pair => pair.need, pair => pair.layer);
        SortedSet<int> ready = [.. layers.Where(layer => waiting[layer] == 0).Select(layer => position[layer])];
        List<Layer> order = [];
        while (ready.Count > 0)
        {
            // Behind the last one where possible, the mark of an output first; else the earliest of the model.
            Layer? last = order.Count == 0 ? null : order[^1].IsOutput ? order[^1].Input : order[^1];
            Layer? next = last is null
                ? null
                : readers[last].Where(layer => ready.Contains(position[layer])).MinBy(layer => (!layer.IsOutput, position[layer]));
            next ??= layers[ready.Min];
            ready.Remove(position[next]);
            order.Add(next);
            foreach (Layer reader in readers[next])
            {
                if (--waiting[reader] == 0)
                    ready.Add(position[reader]);
            }
        }

        PutCurrentFirst(order);
        return order;
    }

    /// <summary>
    /// What has to be written before a layer: what it reads, and of inputs and outputs the one before, since their order is that of the declaration.
    /// </summary>
    private static Layer[] Needs(Layer layer, ImportedNetwork network)
    {
        IReadOnlyList<Layer> ports = layer.IsOutput ? network.Outputs : network.Inputs;
        int place = layer.IsOutput || layer.Kind == "Input" ? ports.ToList().IndexOf(layer) : 0;
        return [.. layer.Inputs.Concat(place > 0 ? [ports[place - 1]] : []).Distinct()];
    }

    /// <summary>A sum or product of equal shapes takes what was computed last as the current tensor.</summary>
    private static void PutCurrentFirst(List<Layer> order)
    {
        for (int index = 1; index < order.Count; index++)
        {
            Layer layer = order[index];
            if (layer.Kind is "Add" or "Multiply" or "Maximum" or "Minimum" && layer.Inputs[1] == order[index - 1]
                && layer.Inputs[0].Shape.AsSpan().SequenceEqual(layer.Inputs[1].Shape))
                layer.Inputs.Reverse();
        }
    }
}
