namespace Cnn;

/// <summary>The mean of each channel's whole feature map. The axes stay, with length 1.</summary>
public sealed class GlobalAvgPoolAttribute : LayerAttribute;
