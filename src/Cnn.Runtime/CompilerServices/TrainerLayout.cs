using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>The numbers of a generated trainer, in floats.</summary>
/// <param name="inputLengths">Floats of one image of each input.</param>
/// <param name="outputs">The outputs, in the order of their declaration.</param>
/// <param name="batchFloats">Memory for each image of the capacity.</param>
/// <param name="workerFloats">Memory for each worker.</param>
/// <param name="sharedFloats">Memory of which there is one.</param>
/// <param name="optionalFloats">More memory for each image where input gradients are asked for.</param>
/// <param name="trainableFloats">The packed trainable parameters.</param>
/// <param name="otherFloats">The packed other parameters.</param>
/// <param name="transposedFloats">The transposed copies of weights.</param>
/// <param name="liveBatchFloats">The most floats of an image that are live at once, for comparison with <paramref name="batchFloats"/>.</param>
/// <param name="liveWorkerFloats">The most floats of a worker that are live at once, for comparison with <paramref name="workerFloats"/>.</param>
/// <param name="smallestBatch">The fewest images of a micro-batch.</param>
/// <param name="inputNames">The ports' names, where there are several inputs.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TrainerLayout(
    int[] inputLengths,
    OutputPort[] outputs,
    int batchFloats,
    int workerFloats,
    int sharedFloats,
    int optionalFloats,
    int trainableFloats,
    int otherFloats,
    int transposedFloats,
    int liveBatchFloats,
    int liveWorkerFloats,
    int smallestBatch,
    string[]? inputNames = null)
{
    internal int[] InputLengths { get; } = inputLengths;

    /// <summary>What messages call each input.</summary>
    internal string[] InputNames { get; } = inputNames
        ?? (inputLengths.Length == 1 ? ["inputs"] : [.. inputLengths.Select(static (_, port) => FormattableString.Invariant($"input {port}"))]);

    /// <summary>Floats of one image of all inputs.</summary>
    internal int InputLength { get; } = inputLengths.Sum();

    internal OutputPort[] Outputs { get; } = outputs;

    internal int[] OutputLengths { get; } = [.. outputs.Select(static output => output.Length)];

    /// <summary>Floats of one image of all outputs.</summary>
    internal int OutputLength { get; } = outputs.Sum(static output => output.Length);

    internal int BatchFloats { get; } = batchFloats;

    internal int WorkerFloats { get; } = workerFloats;

    internal int SharedFloats { get; } = sharedFloats;

    internal int OptionalFloats { get; } = optionalFloats;

    internal int TrainableFloats { get; } = trainableFloats;

    internal int OtherFloats { get; } = otherFloats;

    internal int TransposedFloats { get; } = transposedFloats;

    internal int LiveBatchFloats { get; } = liveBatchFloats;

    internal int LiveWorkerFloats { get; } = liveWorkerFloats;

    internal int SmallestBatch { get; } = smallestBatch;
}
