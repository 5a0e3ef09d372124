using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>One training step.</summary>
public sealed record TrainerPlan
{
    public required EquatableArray<PlannedTensor> Tensors { get; init; }

    public required MemoryPlan Memory { get; init; }

    public required EquatableArray<Stage> Forward { get; init; }

    public required EquatableArray<Stage> Backward { get; init; }

    /// <summary>Copies of weights that are made again after every update.</summary>
    public required EquatableArray<DerivedWeight> Derived { get; init; }

    public required int DerivedFloats { get; init; }

    /// <summary>2 where a BatchNorm sees one value a channel and image, else 1.</summary>
    public required int SmallestBatch { get; init; }

    /// <summary>For each output, what the loss sees it made by.</summary>
    public required EquatableArray<OutputLayer> OutputLayers { get; init; }
}

/// <summary>The layer that makes an output.</summary>
/// <param name="Layer">Null where that is no layer of its own.</param>
public sealed record OutputLayer(ShapedLayer? Layer);
