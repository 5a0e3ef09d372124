namespace Cnn.Zoo;

/// <summary>YOLOX's Bottleneck with its shortcut.</summary>
[Block]
[Block<SeparableBottleneck>, Residual]
public sealed class SeparableResidual;
