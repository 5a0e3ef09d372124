namespace Cnn;

/// <summary>
/// How a <see cref="ResidualAttribute"/> adds a block's input to a tensor of another shape; where the shapes are equal it adds the input itself.
/// </summary>
public enum Shortcut
{
    /// <summary>Through a convolution of kernel size 1 and a BatchNorm.</summary>
    Projection,

    /// <summary>Not at all: it is an error.</summary>
    Identity,

    /// <summary>The sum is left out, as in MobileNetV2 (Sandler et al., arXiv 1801.04381).</summary>
    WhereShapesFit,
}
