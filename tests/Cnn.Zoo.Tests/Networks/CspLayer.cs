namespace Cnn.Zoo;

/// <summary>A cross-stage partial layer (Wang et al., arXiv 1911.11929), as YOLOX has it: bottlenecks on one half, the other half beside them.</summary>
[Block]
[Block<ConvSiLU>(Channels / 2, Name = "beside")]
[Block<ConvSiLU>(Channels / 2, From = "input")]
[Block<SeparableResidual>(Repeat = Residuals), Block<SeparableBottleneck>(Repeat = Residuals == 0 ? 1 : 0)]
[Concat("beside"), Block<ConvSiLU>(Channels)]
public sealed class CspLayer
{
    public const int Channels = 32, Residuals = 0;
}
