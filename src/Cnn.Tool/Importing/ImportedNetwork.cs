namespace Cnn.Tool.Importing;

/// <summary>A network that is being imported: a graph of layers from its inputs to its outputs.</summary>
internal sealed class ImportedNetwork
{
    /// <summary>In the model's order.</summary>
    public required IReadOnlyList<Layer> Inputs { get; init; }

    /// <summary>
    /// In the model's order: marks, each of which reads the layer whose tensor it is. So whoever reads a layer's readers sees the network's caller
    /// too.
    /// </summary>
    public required IReadOnlyList<Layer> Outputs { get; init; }

    /// <summary>
    /// The layers that the outputs need, each after its inputs, and the marks; the inputs first that nothing reads; in the order of the model where
    /// that leaves a choice.
    /// </summary>
    public List<Layer> Layers()
    {
        List<Layer> order = [];
        HashSet<Layer> seen = [];
        // Not recursive: a hostile model is as deep as it likes.
        Stack<(Layer Layer, int Next)> path = new();
        foreach (Layer output in Outputs)
        {
            seen.Add(output);
            path.Push((output, 0));
            while (path.TryPop(out (Layer Layer, int Next) step))
            {
                if (step.Next == step.Layer.Inputs.Count)
                {
                    order.Add(step.Layer);
                    continue;
                }

                path.Push((step.Layer, step.Next + 1));
                if (seen.Add(step.Layer.Inputs[step.Next]))
                    path.Push((step.Layer.Inputs[step.Next], 0));
            }
        }

        order.InsertRange(0, Inputs.Where(input => !seen.Contains(input)));
        return order;
    }
}
