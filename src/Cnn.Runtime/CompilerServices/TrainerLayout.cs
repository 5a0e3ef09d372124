using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>What the last layer is, as far as a loss minds.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum OutputActivation
{
    /// <summary>Nothing that a loss contains already.</summary>
    Other,

    /// <summary>Cross entropy contains it.</summary>
    Softmax,

    /// <summary>Cross entropy contains it.</summary>
    LogSoftmax,

    /// <summary>Binary cross entropy contains it.</summary>
    Sigmoid,
}

/// <summary>The numbers of a generated trainer, in floats.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TrainerLayout
{
    /// <summary>Floats of one input.</summary>
    public required int InputLength { get; init; }

    /// <summary>Channels of the output.</summary>
    public required int OutputChannels { get; init; }

    /// <summary>Positions of the output; 1 for a flat one.</summary>
    public required int OutputPositions { get; init; }

    /// <summary>Memory for each image of the capacity.</summary>
    public required int BatchFloats { get; init; }

    /// <summary>Memory for each worker.</summary>
    public required int WorkerFloats { get; init; }

    /// <summary>Memory of which there is one.</summary>
    public required int SharedFloats { get; init; }

    /// <summary>More memory for each image where input gradients are asked for.</summary>
    public required int OptionalFloats { get; init; }

    /// <summary>The packed trainable parameters.</summary>
    public required int TrainableFloats { get; init; }

    /// <summary>The packed other parameters.</summary>
    public required int OtherFloats { get; init; }

    /// <summary>The transposed copies of weights.</summary>
    public required int TransposedFloats { get; init; }

    /// <summary>The most floats of an image that are live at once, for comparison with <see cref="BatchFloats"/>.</summary>
    public required int LiveBatchFloats { get; init; }

    /// <summary>The most floats of a worker that are live at once, for comparison with <see cref="WorkerFloats"/>.</summary>
    public required int LiveWorkerFloats { get; init; }

    /// <summary>The fewest images of a step.</summary>
    public required int SmallestBatch { get; init; }

    /// <summary>What the last layer is.</summary>
    public required OutputActivation OutputActivation { get; init; }
}

/// <summary>The numbers of a generated predictor, in floats.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PredictorLayout
{
    /// <summary>Floats of one input.</summary>
    public required int InputLength { get; init; }

    /// <summary>Floats of one output.</summary>
    public required int OutputLength { get; init; }

    /// <summary>The output's shape, as <c>3x64x64</c>, where it has several positions; null where it is a vector.</summary>
    public string? OutputMap { get; init; }

    /// <summary>The packed parameters.</summary>
    public required int PackedFloats { get; init; }

    /// <summary>Memory for each image of the capacity.</summary>
    public required int BatchFloats { get; init; }

    /// <summary>Memory for each worker.</summary>
    public required int WorkerFloats { get; init; }

    /// <summary>The most floats of an image that are live at once, for comparison with <see cref="BatchFloats"/>.</summary>
    public required int LiveBatchFloats { get; init; }

    /// <summary>The most floats of a worker that are live at once, for comparison with <see cref="WorkerFloats"/>.</summary>
    public required int LiveWorkerFloats { get; init; }
}
