namespace Cnn.Onnx.Export;

/// <summary>How each kind of layer is written.</summary>
internal static class LayerNodes
{
    /// <summary>By the attribute without its suffix; each writes the nodes that make the layer's output.</summary>
    /// <remarks>A new layer has a line in the table of its family.</remarks>
    public static IReadOnlyDictionary<string, Action<ExportedLayer>> ByKind { get; } =
        new[]
        {
            WindowNodes.ByKind, NormalizationNodes.ByKind, ActivationNodes.ByKind, ShapeNodes.ByKind, MovementNodes.ByKind, ArithmeticNodes.ByKind,
        }
            .SelectMany(family => family).ToDictionary(StringComparer.Ordinal);
}
