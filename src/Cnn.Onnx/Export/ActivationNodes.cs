using Cnn.Definitions;

namespace Cnn.Onnx.Export;

/// <summary>Element-wise activations, and softmax.</summary>
internal static class ActivationNodes
{
    private const float ReLU6Limit = 6;

    public static IReadOnlyDictionary<string, Action<ExportedLayer>> ByKind { get; } = new Dictionary<string, Action<ExportedLayer>>
    {
        ["ReLU6"] = layer => AddClip(layer, 0, ReLU6Limit),
        ["Clip"] = layer => AddClip(layer, (float)layer.Arguments.Number("min"), (float)layer.Arguments.Number("max")),
        ["Power"] = layer => layer.Graph.Node(
            "Pow", layer.Output, [layer.Inputs[0], layer.Graph.Scalar($"{layer.Facts.Name}/exponent", (float)layer.Arguments.Number("exponent"))]),
        ["PReLU"] = AddPReLU,
        ["GELU"] = layer => layer.Node("Gelu", GraphBuilder.Text("approximate", layer.Arguments.Flag("tanh") ? "tanh" : "none")),
        ["SiLU"] = AddSiLU,
        ["Softmax"] = AddSoftmax,
        ["LogSoftmax"] = AddSoftmax,
    }.Concat(ActivationTable.Operators.Select(activation => KeyValuePair.Create(activation.Kind, Operator(activation)))).ToDictionary();

    /// <summary>What one operator says, with the layer's numbers as its attributes.</summary>
    private static Action<ExportedLayer> Operator(ActivationDefinition activation) => layer => layer.Node(
        activation.Operator!.Name,
        [.. activation.Numbers.Select(number => GraphBuilder.Real(number.Attribute.Name, layer.Arguments.Number(number.LowerName)))]);

    private static void AddSiLU(ExportedLayer layer)
    {
        string sigmoid = layer.Part("Sigmoid", "sigmoid", [layer.Inputs[0]]);
        layer.Graph.Node("Mul", layer.Output, [layer.Inputs[0], sigmoid]);
    }

    private static void AddSoftmax(ExportedLayer layer) => layer.Node(layer.Kind, GraphBuilder.Integer("axis", layer.Axis));

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
