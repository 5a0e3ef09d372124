using Cnn.Tool.Importing.Onnx.Operators;

namespace Cnn.Tool.Importing.Rewrites;

/// <summary>Operations that turned out to be no part of an activation or a norm, as the layers that do them alone.</summary>
internal static class OperationRewrite
{
    private static readonly Dictionary<string, string> Layers = new(StringComparer.Ordinal)
    {
        ["abs"] = "Abs",
        ["sqrt"] = "Sqrt",
        ["exp"] = "Exp",
        ["power"] = "Power",
        ["difference"] = "Subtract",
        ["quotient"] = "Divide",
        ["meanOfAll"] = "ReduceMean",
        ["scaleEach"] = "Scale",
        ["shiftEach"] = "Scale",
    };

    public static void Apply(Layer layer)
    {
        if (!Layers.TryGetValue(layer.Kind, out string? kind))
            return;
        string operation = layer.Kind;
        layer.Kind = kind;
        switch (operation)
        {
            case "power":
                layer.Arguments = [Literal.Of((float)layer.Constants[0])];
                layer.Constants = [];
                break;
            case "meanOfAll":
                layer.Arguments = [.. Enumerable.Range(1, layer.Input.Shape.Length).Select(Literal.Of)];
                break;
            case "scaleEach":
                MapConstants.Describe(layer, "Elements", layer.Parameter("constant"), null);
                break;
            case "shiftEach":
                MapConstants.Describe(layer, "Elements", null, layer.Parameter("constant"));
                break;
        }
    }
}
