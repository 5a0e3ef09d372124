using Cnn.Definitions;

namespace Cnn.Onnx.Export;

/// <summary>Operations on two tensors, and reductions.</summary>
internal static class ArithmeticNodes
{
    public static IReadOnlyDictionary<string, Action<ExportedLayer>> ByKind { get; } = BinaryTable.All.ToDictionary(
        operation => operation.Kind, operation => (Action<ExportedLayer>)(layer => layer.Graph.Node(operation.Operator, layer.Output, layer.Inputs)))
        .Concat(ReductionTable.All.Select(reduction => KeyValuePair.Create(reduction.Kind, (Action<ExportedLayer>)AddReduction))).ToDictionary();

    /// <summary>The axes are an input since opset 18. What has no axes left is a vector of one number, and not a number.</summary>
    private static void AddReduction(ExportedLayer layer)
    {
        double[] axes = layer.Arguments.Numbers("axes");
        bool isOneNumber = !layer.Arguments.Flag("keepAxes") && axes.Length == layer.InputShape.Count;
        string list = layer.Graph.Constant($"{layer.Facts.Name}/axes", [.. axes.Select(axis => (long)axis)]);
        global::Onnx.AttributeProto keeps = GraphBuilder.Integer("keepdims", layer.Arguments.Flag("keepAxes") || isOneNumber ? 1 : 0);
        if (isOneNumber)
            layer.Graph.Node("Flatten", layer.Output, [layer.Part(layer.Kind, "number", [layer.Inputs[0], list], keeps)], GraphBuilder.Integer("axis", 1));
        else
            layer.Graph.Node(layer.Kind, layer.Output, [layer.Inputs[0], list], keeps);
    }
}
