using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[Softmax] and [LogSoftmax]: the shape stays.</summary>
internal sealed class SoftmaxRule : LayerRule<SoftmaxSpec>;
