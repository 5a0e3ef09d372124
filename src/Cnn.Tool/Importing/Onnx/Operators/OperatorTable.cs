namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>What is known of each ONNX operator.</summary>
internal static class OperatorTable
{
    /// <summary>A node's outputs, made of layers.</summary>
    public delegate IReadOnlyList<OnnxValue> Lowering(OperatorNode node);

    public static readonly Dictionary<string, Lowering> All = new(StringComparer.Ordinal);

    static OperatorTable()
    {
        ConvolutionOperators.Register();
        PoolOperators.Register();
        ResizeOperators.Register();
        PixelOperators.Register();
        LinearOperators.Register();
        NormalizationOperators.Register();
        ActivationOperators.Register();
        ArithmeticOperators.Register();
        ShapeOperators.Register();
        ReductionOperators.Register();
    }

    public static void Add(string name, Func<OperatorNode, OnnxValue> lower) => All.Add(name, node => [lower(node)]);

    /// <summary>A layer on a layer with the same batch, with its natural axes.</summary>
    public static FeatureValue Result(Layer layer, FeatureValue input) => FeatureValue.Of(layer, input.Batch);
}
