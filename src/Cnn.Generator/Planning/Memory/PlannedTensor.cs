namespace Cnn.Generator.Planning;

/// <summary>A tensor of a schedule.</summary>
public sealed record PlannedTensor
{
    public required string Name { get; init; }

    public required MemorySpace Space { get; init; }

    /// <summary>Whether each worker has it for itself even where the workers do each image together.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Whether its memory is no other's, so that what nobody writes of it stays 0 from pass to pass.</summary>
    public bool IsLasting { get; init; }

    /// <summary>Floats of one image.</summary>
    public required int Size { get; init; }

    /// <summary>Floats from the start of its space; in a batch space, floats per image, to be multiplied with the capacity.</summary>
    public required int Offset { get; init; }
}
