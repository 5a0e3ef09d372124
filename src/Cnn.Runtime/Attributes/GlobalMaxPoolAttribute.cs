namespace Cnn;

/// <summary>The largest element of each channel's whole feature map. The axes stay, with length 1. The gradient goes to the first largest element.</summary>
public sealed class GlobalMaxPoolAttribute : LayerAttribute;
