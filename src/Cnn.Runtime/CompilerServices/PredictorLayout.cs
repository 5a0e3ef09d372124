using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>The numbers of a generated predictor, in floats.</summary>
/// <param name="inputLengths">Floats of one image of each input.</param>
/// <param name="outputLengths">Floats of one image of each output.</param>
/// <param name="packedFloats">The packed parameters.</param>
/// <param name="batchFloats">Memory for each image of the capacity.</param>
/// <param name="workerFloats">Memory for each worker.</param>
/// <param name="liveBatchFloats">The most floats of an image that are live at once, for comparison with <paramref name="batchFloats"/>.</param>
/// <param name="liveWorkerFloats">The most floats of a worker that are live at once, for comparison with <paramref name="workerFloats"/>.</param>
/// <param name="unclassifiable">Why there is no one largest output: what the outputs are instead of one vector; null where they are one.</param>
/// <param name="hasPortForms">Whether calls have a form with an argument for each port.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PredictorLayout(
    int[] inputLengths,
    int[] outputLengths,
    int packedFloats,
    int batchFloats,
    int workerFloats,
    int liveBatchFloats,
    int liveWorkerFloats,
    string? unclassifiable = null,
    bool hasPortForms = false)
{
    internal int[] InputLengths { get; } = inputLengths;

    /// <summary>Floats of one image of all inputs.</summary>
    internal int InputLength { get; } = inputLengths.Sum();

    internal int[] OutputLengths { get; } = outputLengths;

    /// <summary>Floats of one image of all outputs.</summary>
    internal int OutputLength { get; } = outputLengths.Sum();

    internal int PackedFloats { get; } = packedFloats;

    internal int BatchFloats { get; } = batchFloats;

    internal int WorkerFloats { get; } = workerFloats;

    internal int LiveBatchFloats { get; } = liveBatchFloats;

    internal int LiveWorkerFloats { get; } = liveWorkerFloats;

    internal bool HasPortForms { get; } = hasPortForms;

    internal string? Unclassifiable { get; } = unclassifiable;
}
