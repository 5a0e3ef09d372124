using Cnn.Tool.Importing;

namespace Cnn.Tool.Writing;

/// <summary>The order in which layers are written: each right behind what it reads, as far as that goes, so that few need a From.</summary>
internal static class DeclarationOrder
{
    public static List<Layer> Of(ImportedNetwork network)
    {
        List<Layer> layers = network.Layers();
        Dictionary<Layer, int> position = layers.Select((layer, index) => (layer, index)).ToDictionary(pair => pair.layer, pair => pair.index);
        Dictionary<Layer, int> waiting = layers.ToDictionary(layer => layer, layer => layer.Inputs.Distinct().Count());
        ILookup<Layer, Layer> readers = layers.SelectMany(layer => layer.Inputs.Distinct().Select(input => (input, layer))).ToLookup(pair => pair.input, pair => pair.layer);
        SortedSet<int> ready = [.. layers.Where(layer => waiting[layer] == 0).Select(layer => position[layer])];
        List<Layer> order = [];
        while (ready.Count > 0)
        {
            // Behind the last one where possible; else the earliest of the model.
            Layer? next = order.Count == 0 ? null : readers[order[^1]].Where(layer => ready.Contains(position[layer])).MinBy(layer => position[layer]);
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

    /// <summary>A sum or product of equal shapes takes what was computed last as the current tensor.</summary>
    private static void PutCurrentFirst(List<Layer> order)
    {
        for (int index = 1; index < order.Count; index++)
        {
            Layer layer = order[index];
            if (layer.Kind is "Add" or "Multiply" && layer.Inputs[1] == order[index - 1] && layer.Inputs[0].Shape.AsSpan().SequenceEqual(layer.Inputs[1].Shape))
                layer.Inputs.Reverse();
        }
    }
}
