namespace Cnn.Onnx.Export;

/// <summary>Linear layers, and those that join or flatten tensors.</summary>
internal static class ShapeNodes
{
    public static bool TryAdd(ExportedLayer layer)
    {
        switch (layer.Kind)
        {
            case "Linear":
                List<string> inputs = [layer.Inputs[0], layer.Parameter("weight")];
                if (layer.Has("bias"))
                    inputs.Add(layer.Parameter("bias"));
                layer.Graph.Node("Gemm", layer.Output, inputs, GraphBuilder.Integer("transB", 1));
                return true;
            case "Flatten":
                layer.Node("Flatten", GraphBuilder.Integer("axis", 1));
                return true;
            case "Add":
                layer.Graph.Node("Add", layer.Output, layer.Inputs);
                return true;
            case "Multiply":
                layer.Graph.Node("Mul", layer.Output, layer.Inputs);
                return true;
            case "Concat":
                layer.Graph.Node("Concat", layer.Output, layer.Inputs, GraphBuilder.Integer("axis", 1));
                return true;
            default:
                return false;
        }
    }
}
