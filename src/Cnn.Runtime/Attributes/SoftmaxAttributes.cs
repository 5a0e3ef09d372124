namespace Cnn;

/// <summary>exp(x) / sum of exp over the channels. Not for use before cross entropy, which contains it.</summary>
public sealed class SoftmaxAttribute : LayerAttribute;

/// <summary>The logarithm of <see cref="SoftmaxAttribute"/>, computed without overflow.</summary>
public sealed class LogSoftmaxAttribute : LayerAttribute;
