using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>One prediction.</summary>
public sealed record PredictorPlan
{
    public required EquatableArray<PlannedTensor> Tensors { get; init; }

    public required MemoryPlan Memory { get; init; }

    public required EquatableArray<Stage> Stages { get; init; }

    public required EquatableArray<PackedItem> Packing { get; init; }

    /// <summary>Parameters that are packed as they are.</summary>
    public EquatableArray<PackedParameter> Parameters { get; init; }

    public required int PackedFloats { get; init; }
}
