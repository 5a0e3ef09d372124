namespace Cnn.Tool.Importing.Rewrites;

/// <summary>Makes layers of operations: activations and norms that exporters write out, and constants that belong to a layer nearby.</summary>
internal static class Rewriting
{
    /// <summary>Rewrites the network in place.</summary>
    /// <param name="network">As it was lowered.</param>
    /// <param name="problems">Receives one line an operation for which there is no layer.</param>
    public static void Apply(ImportedNetwork network, List<string> problems)
    {
        foreach (Layer layer in network.Layers())
        {
            if (!ActivationRewrite.TryApply(layer))
                LayerNormRewrite.TryApply(layer);
        }

        LayerReaders readers = new(network);
        foreach (Layer layer in network.Layers())
        {
            LayerNormRewrite.TryAbsorb(layer, readers);
            ConstantRewrite.TryFold(layer, readers);
        }

        readers = new LayerReaders(network);
        long ofDiagonals = 0;
        foreach (Layer layer in network.Layers())
            ConstantRewrite.MakeLayer(layer, readers, problems, ref ofDiagonals);

        foreach (Layer layer in network.Layers().Where(layer => !layer.IsLayer))
            problems.Add($"{layer.Source}: it is no part of an activation or a norm for which there is a layer, and none does this alone.");
    }
}
