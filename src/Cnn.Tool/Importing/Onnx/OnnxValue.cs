namespace Cnn.Tool.Importing.Onnx;

/// <summary>What a name of the graph stands for.</summary>
internal abstract record OnnxValue;

/// <summary>A constant, or what was computed from constants.</summary>
internal sealed record ConstantValue(Tensor Tensor) : OnnxValue;

/// <summary>
/// The output of a layer, under the axes that the model sees: Reshape, Flatten, Squeeze and Unsqueeze move nothing, so they change these alone.
/// </summary>
/// <param name="Layer">Whose output it is.</param>
/// <param name="Axes">The model's shape, batch first.</param>
/// <param name="Viewer">The node that gave it these axes, for messages; null where they are the layer's.</param>
internal sealed record FeatureValue(Layer Layer, int[] Axes, string? Viewer = null) : OnnxValue
{
    /// <summary>The layer's own shape behind the batch.</summary>
    public static FeatureValue Of(Layer layer, int batch) => new(layer, [batch, .. layer.Shape]);

    public int Batch => Axes[0];

    /// <summary>Whether the model sees the shape that the layer has.</summary>
    public bool IsNatural => Axes.AsSpan(1).SequenceEqual(Layer.Shape);
}

/// <summary>The output of a node that could not be expressed; what depends on it is not reported again.</summary>
internal sealed record UnknownValue : OnnxValue
{
    public static readonly UnknownValue Instance = new();
}

/// <summary>A node that cannot be expressed.</summary>
/// <param name="reason">Why, without a full stop.</param>
/// <param name="culprit">The node whose fault it is; null for the one where it was found.</param>
internal sealed class NotExpressibleException(string reason, string? culprit = null) : Exception(reason)
{
    public string? Culprit => culprit;
}
