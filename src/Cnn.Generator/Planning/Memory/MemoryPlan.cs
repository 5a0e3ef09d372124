namespace Cnn.Generator.Planning;

/// <summary>How much memory a schedule needs.</summary>
/// <param name="BatchFloats">Per image of the capacity.</param>
/// <param name="WorkerFloats">Per worker.</param>
/// <param name="SharedFloats">Once.</param>
/// <param name="OptionalBatchFloats">Per image of the capacity, where input gradients are asked for.</param>
/// <param name="LiveBatchFloats">The most floats per image that are live at once: no plan can do with less.</param>
/// <param name="LiveWorkerFloats">The same for a worker.</param>
public sealed record MemoryPlan(int BatchFloats, int WorkerFloats, int SharedFloats, int OptionalBatchFloats, int LiveBatchFloats, int LiveWorkerFloats);
