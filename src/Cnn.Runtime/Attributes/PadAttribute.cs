namespace Cnn;

/// <summary>Adds elements around a feature map (PyTorch's ZeroPad, ConstantPad, ReflectionPad and ReplicationPad).</summary>
/// <param name="paddings">
/// How many: one number for all sides, or one per axis at the begins and then one per axis at the ends, outermost axis first, as in ONNX. At least 0.
/// </param>
public sealed class PadAttribute(params int[] paddings) : LayerAttribute
{
    /// <summary>How many elements: one number for all sides, or all begins and then all ends.</summary>
    public int[] Paddings { get; } = paddings;

    /// <summary>Where the elements come from. Default <see cref="PadMode.Zero"/>.</summary>
    public PadMode Mode { get; set; }

    /// <summary>What <see cref="PadMode.Zero"/> adds. Default 0.</summary>
    public double Value { get; set; }
}
