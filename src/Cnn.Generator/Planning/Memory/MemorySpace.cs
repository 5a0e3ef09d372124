namespace Cnn.Generator.Planning;

/// <summary>Where a tensor lives.</summary>
public enum MemorySpace
{
    /// <summary>One for every image of the batch.</summary>
    Batch,

    /// <summary>One for every worker, which handles one image after the other.</summary>
    Worker,

    /// <summary>One for all.</summary>
    Shared,

    /// <summary>As <see cref="Batch"/>, in memory that exists only where input gradients are asked for.</summary>
    OptionalBatch,
}
