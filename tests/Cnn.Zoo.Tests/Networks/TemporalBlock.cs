namespace Cnn.Zoo;

/// <summary>
/// Two dilated convolutions that see nothing of the future, and a shortcut (Bai et al., arXiv 1803.01271, figure 1b); the dilation doubles with each
/// repetition. Weight norm is left out: it is no part of the trained network.
/// </summary>
[Block]
[Conv(Channels, Kernel, Paddings = [(Kernel - 1) << Level, 0], Dilation = 1 << Level), ReLU, Dropout(0.05)]
[Conv(Channels, Kernel, Paddings = [(Kernel - 1) << Level, 0], Dilation = 1 << Level), ReLU, Dropout(0.05, Name = "main")]
[Block<Pointwise>(Channels, From = "input", Repeat = In == Channels ? 0 : 1), Add("main"), ReLU]
public sealed class TemporalBlock
{
    [InputChannels] public const int In = 1;
    [Repetition] public const int Level = 0;
    public const int Channels = 25, Kernel = 7;
}
