namespace Cnn.Onnx.Export;

/// <summary>Linear layers, and those that join or flatten tensors.</summary>
internal static class ShapeNodes
{
    public static IReadOnlyDictionary<string, Action<ExportedLayer>> ByKind { get; } = new Dictionary<string, Action<ExportedLayer>>
    {
        ["Linear"] = AddLinear,
        ["Flatten"] = layer => layer.Node("Flatten", GraphBuilder.Integer("axis", 1)),
        ["Concat"] = layer => layer.Graph.Node("Concat", layer.Output, layer.Inputs, GraphBuilder.Integer("axis", layer.Axis)),
    };

    private static void AddLinear(ExportedLayer layer)
    {
        string[] bias = layer.Has("bias") ? [layer.Parameter("bias")] : [];
        layer.Graph.Node("Gemm", layer.Output, [layer.Inputs[0], layer.Parameter("weight"), .. bias], GraphBuilder.Integer("transB", 1));
    }
}
