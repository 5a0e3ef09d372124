using Cnn.Definitions;

namespace Cnn.Onnx.Export;

/// <summary>Element-wise activations, and softmax.</summary>
internal static class ActivationNodes
{
    private const float ReLU6Limit = 6;

    public static bool TryAdd(ExportedLayer layer)
    {
        switch (layer.Kind)
        {
            case "ReLU":
                layer.Node("Relu");
                return true;
            case "ReLU6":
                AddClip(layer, 0, ReLU6Limit);
                return true;
            case "Clip":
                AddClip(layer, (float)layer.Number("min"), (float)layer.Number("max"));
                return true;
            case "PReLU":
                AddPReLU(layer);
                return true;
            case "GELU":
                layer.Node("Gelu", GraphBuilder.Text("approximate", layer.Flag("tanh") ? "tanh" : "none"));
                return true;
            case "SiLU":
                string sigmoid = layer.Part("Sigmoid", "sigmoid", [layer.Inputs[0]]);
                layer.Graph.Node("Mul", layer.Output, [layer.Inputs[0], sigmoid]);
                return true;
            case "Softmax" or "LogSoftmax":
                layer.Node(layer.Kind, GraphBuilder.Integer("axis", 1));
                return true;
            default:
                return TryAddOperator(layer);
        }
    }

    /// <summary>What one operator says, with the layer's numbers as its attributes.</summary>
    private static bool TryAddOperator(ExportedLayer layer)
    {
        if (ActivationTable.Operators.FirstOrDefault(activation => activation.Kind == layer.Kind) is not { Operator: { } operation } activation)
            return false;
        layer.Node(operation.Name, [.. activation.Numbers.Select(number => GraphBuilder.Real(number.Attribute.Name, layer.Number(number.LowerName)))]);
        return true;
    }

    private static void AddClip(ExportedLayer layer, float min, float max)
    {
        string low = float.IsInfinity(min) ? "" : layer.Graph.Scalar($"{layer.Facts.Name}/min", min);
        string[] high = float.IsInfinity(max) ? [] : [layer.Graph.Scalar($"{layer.Facts.Name}/max", max)];
        string[] limits = low.Length == 0 && high.Length == 0 ? [] : [low, .. high];
        layer.Graph.Node("Clip", layer.Output, [layer.Inputs[0], .. limits]);
    }

    private static void AddPReLU(ExportedLayer layer)
    {
        // One slope, or one a channel that broadcasts over the positions.
        int count = layer.Network.Parameters[$"{layer.Facts.Name}.weight"].Length;
        string slope = layer.Parameter("weight", [count, .. Enumerable.Repeat(1, layer.Rank)]);
        layer.Graph.Node("PRelu", layer.Output, [layer.Inputs[0], slope]);
    }
}
