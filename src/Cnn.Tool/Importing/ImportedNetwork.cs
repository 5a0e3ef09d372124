namespace Cnn.Tool.Importing;

/// <summary>A network that is being imported: a graph of layers from one input to one output.</summary>
internal sealed class ImportedNetwork
{
    public required Layer Input { get; init; }

    public required Layer Output { get; set; }

    /// <summary>The layers that the output needs, each after its inputs, the input first; in the order of the model where that leaves a choice.</summary>
    public List<Layer> Layers()
    {
        List<Layer> order = [];
        HashSet<Layer> seen = [];
        // Not recursive: a hostile model is as deep as it likes.
        Stack<(Layer Layer, int Next)> path = new();
        path.Push((Output, 0));
        seen.Add(Output);
        while (path.Count > 0)
        {
            (Layer layer, int next) = path.Pop();
            if (next == layer.Inputs.Count)
            {
                order.Add(layer);
                continue;
            }

            path.Push((layer, next + 1));
            if (seen.Add(layer.Inputs[next]))
                path.Push((layer.Inputs[next], 0));
        }

        if (!seen.Contains(Input))
            order.Insert(0, Input);
        return order;
    }
}
