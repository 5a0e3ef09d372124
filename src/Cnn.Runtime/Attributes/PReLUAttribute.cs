namespace Cnn;

/// <summary>x where x is positive, else slope * x with a learned slope (He et al., arXiv 1502.01852; PyTorch's PReLU).</summary>
/// <remarks>Parameter: <c>weight</c>, <c>[1]</c> or <c>[channels]</c>, which starts as 0.25.</remarks>
public sealed class PReLUAttribute : LayerAttribute
{
    /// <summary>Whether each channel has a slope of its own. Default false.</summary>
    public bool PerChannel { get; set; }
}
