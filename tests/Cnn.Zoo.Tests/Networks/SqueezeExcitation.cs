namespace Cnn.Zoo;

/// <summary>MobileNetV3's gate for each channel (Howard et al., arXiv 1905.02244, section 5.3): a fourth of the channels, in whole eights.</summary>
[Block]
[GlobalAvgPool, Conv((In / 4 + 4) / 8 * 8 > 8 ? (In / 4 + 4) / 8 * 8 : 8, 1), ReLU, Conv(In, 1), HardSigmoid, Multiply("input")]
public sealed class SqueezeExcitation
{
    [InputChannels] public const int In = 96;
}
