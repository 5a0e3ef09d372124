namespace Cnn.Tool.Importing.Rewrites;

/// <summary>Operations that turned out to be no part of an activation or a norm, as the layers that do them alone.</summary>
internal static class OperationRewrite
{
    private const double UsualExponent = 2;

    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["abs"] = "Abs",
        ["sqrt"] = "Sqrt",
        ["exp"] = "Exp",
        ["power"] = "Power",
        ["difference"] = "Subtract",
        ["quotient"] = "Divide",
        ["meanOfAll"] = "ReduceMean",
    };

    public static void Apply(Layer layer)
    {
        if (!Kinds.TryGetValue(layer.Kind, out string? kind))
            return;
        string operation = layer.Kind;
        layer.Kind = kind;
        if (operation == "power")
        {
            layer.Options = layer.Constants[0] == UsualExponent ? [] : [("Exponent", Literal.Of(layer.Constants[0]))];
            layer.Constants = [];
        }
        else if (operation == "meanOfAll")
        {
            layer.Arguments = [.. Enumerable.Range(1, layer.Input.Shape.Length).Select(Literal.Of)];
        }
    }
}
