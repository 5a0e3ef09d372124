namespace Cnn.CompilerServices;

/// <summary>A run of micro-batches whose gradients are summed.</summary>
/// <param name="Start">The first of them within the batch.</param>
/// <param name="End">The one behind the last.</param>
internal readonly record struct GradientNode(int Start, int End);
