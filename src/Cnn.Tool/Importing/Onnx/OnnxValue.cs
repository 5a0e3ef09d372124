using Cnn.Tool.Importing.Onnx.Viewing;

namespace Cnn.Tool.Importing.Onnx;

/// <summary>What a name of the graph stands for.</summary>
internal abstract record OnnxValue;

/// <summary>A constant, or what was computed from constants.</summary>
internal sealed record ConstantValue(Tensor Tensor) : OnnxValue;

/// <summary>The output of a layer, as the model sees it: what only renames, splits, joins or moves axes changes the view alone.</summary>
/// <param name="Layer">Whose output it is.</param>
/// <param name="View">How the model's axes are made of the layer's.</param>
/// <param name="Viewer">The node that gave it these axes, for messages; null where they are the layer's.</param>
internal sealed record FeatureValue(Layer Layer, AxisView View, string? Viewer = null) : OnnxValue
{
    /// <summary>A layer whose numbers, in their order, the model sees under other axes, of which the first is the batch.</summary>
    public FeatureValue(Layer layer, int[] axes)
        : this(layer, AxisView.Natural(axes[0], layer.Shape).Reshaped(axes)
            ?? throw new NotExpressibleException($"it makes {Tensor.Text(axes)} of {Tensor.Text(layer.Shape)}"))
    {
    }

    /// <summary>The layer's own shape behind the batch.</summary>
    public static FeatureValue Of(Layer layer, int batch) => new(layer, AxisView.Natural(batch, layer.Shape));

    /// <summary>The model's shape.</summary>
    public int[] Axes => View.Axes;

    /// <summary>How many images there are.</summary>
    public int Batch => View.Batch;

    /// <summary>Whether the model sees the shape that the layer has.</summary>
    public bool IsNatural => View.IsNatural;

    /// <summary>Whether it is an input of bytes that nothing has made numbers of yet.</summary>
    public bool IsBytes { get; init; }
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
