namespace Cnn;

/// <summary>A fully connected layer, y = weight x + bias (PyTorch's Linear). Its input is flat.</summary>
/// <param name="outFeatures">The number of outputs.</param>
/// <remarks>Parameters: <c>weight [out, in]</c>, <c>bias [out]</c>, both uniform in plus or minus 1 / sqrt(in) at the start.</remarks>
public sealed class LinearAttribute(int outFeatures) : LayerAttribute
{
    /// <summary>The number of outputs.</summary>
    public int OutFeatures { get; } = outFeatures;

    /// <summary>Whether a learned number is added to each output. Default true.</summary>
    public bool Bias { get; set; } = true;
}
