namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>What is known of each operator.</summary>
internal static class OperatorTable
{
    private const string OnnxRuntime = "com.microsoft";

    /// <summary>A node's outputs, made of layers.</summary>
    public delegate IReadOnlyList<OnnxValue> Lowering(OperatorNode node);

    /// <summary>ONNX's own, by name.</summary>
    public static readonly Dictionary<string, Lowering> All = new(StringComparer.Ordinal);

    /// <summary>Those of ONNX Runtime, which its optimiser writes.</summary>
    public static readonly Dictionary<string, Lowering> OfOnnxRuntime = new(StringComparer.Ordinal);

    /// <summary>What is computed of shapes, and is no layer.</summary>
    private static readonly HashSet<string> OfShapes =
        ["Constant", "ConstantOfShape", "Shape", "Size", "Range", "Where", "Equal", "Less", "Greater", "Not", "Mod", "CastLike", "Floor", "Ceil"];

    static OperatorTable()
    {
        ConvolutionOperators.Register();
        PoolOperators.Register();
        PadOperators.Register();
        ResizeOperators.Register();
        LinearOperators.Register();
        NormalizationOperators.Register();
        ActivationOperators.Register();
        ArithmeticOperators.Register();
        ViewOperators.Register();
        SelectionOperators.Register();
        ConcatOperators.Register();
        ReductionOperators.Register();
        FusedOperators.Register();
    }

    public static void Add(string name, Func<OperatorNode, OnnxValue> lower) => All.Add(name, node => [lower(node)]);

    public static void AddOfOnnxRuntime(string name, Func<OperatorNode, OnnxValue> lower) => OfOnnxRuntime.Add(name, node => [lower(node)]);

    /// <summary>How a node becomes layers.</summary>
    /// <exception cref="NotExpressibleException">No layer does what the operator does; the message tells what it is.</exception>
    public static Lowering Find(OperatorNode node)
    {
        Lowering? found = node.Domain switch
        {
            "" => All.GetValueOrDefault(node.Operator),
            OnnxRuntime => OfOnnxRuntime.GetValueOrDefault(node.Operator),
            _ => null,
        };
        if (found is not null)
            return found;
        if (node.Domain.Length == 0 && OfShapes.Contains(node.Operator) && node.Inputs.Contains(UnknownValue.Instance))
            return static _ => [];
        string reason = KnownOperators.Reason(node.Domain.StartsWith("com.microsoft.nchwc", StringComparison.Ordinal) ? "ReorderInput" : node.Operator)
            ?? (node.Domain is "" or OnnxRuntime
                ? "no layer does this"
                : $"it belongs to the operators of '{node.Domain}'; those of ONNX itself are read, and those that ONNX Runtime's optimiser writes");
        throw new NotExpressibleException(reason);
    }

    /// <summary>A layer on a layer with the same batch, with its natural axes.</summary>
    public static FeatureValue Result(Layer layer, FeatureValue input) => FeatureValue.Of(layer, input.Batch);
}
