namespace Cnn;

/// <summary>Makes one vector of a feature map, channel by channel, as PyTorch's Flatten.</summary>
public sealed class FlattenAttribute : LayerAttribute;
