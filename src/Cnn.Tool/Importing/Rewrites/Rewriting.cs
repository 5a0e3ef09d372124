using Cnn.Tool.Importing.Onnx.Operators;

namespace Cnn.Tool.Importing.Rewrites;

/// <summary>Makes layers of operations: activations and norms that exporters write out, and constants that belong to a layer nearby.</summary>
internal static class Rewriting
{
    /// <summary>Rewrites the network in place.</summary>
    /// <param name="network">As it was lowered.</param>
    /// <param name="problems">Receives one line an operation for which there is no layer.</param>
    public static void Apply(ImportedNetwork network, List<Problem> problems)
    {
        LayerReaders readers = new(network);
        foreach (Layer layer in readers.Walk())
        {
            if (!ActivationRewrite.TryApply(layer, readers) && !LayerNormRewrite.TryApply(layer, readers))
                FocusRewrite.TryApply(layer, readers);
        }

        foreach (Layer layer in readers.Walk())
        {
            if (!LayerNormRewrite.TryAbsorb(layer, readers))
                ConstantRewrite.TryFold(layer, readers);
        }

        foreach (Layer layer in readers.Walk())
        {
            if (ConstantRewrite.MakeLayer(layer, readers) is { } reason)
                problems.Add(new Problem(layer.Source, reason));
        }

        foreach (Layer layer in readers.Walk())
            OperationRewrite.Apply(layer);
        foreach (Layer input in network.Inputs)
            InputRewrite.Apply(input, readers);

        foreach (Layer layer in readers.Walk().Where(layer => !layer.IsLayer && !ConstantRewrite.IsPart(layer)))
            problems.Add(new Problem(layer.Source, Alone(layer)));
    }

    private static string Alone(Layer layer) => layer.Kind == PadOperators.PadWithLowest
        ? "it pads with minus infinity, which nothing but a MaxPool right behind it may see; pad with a finite number"
        : "it is no part of an activation or a norm for which there is a layer, and none does this alone";
}
