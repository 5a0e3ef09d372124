namespace Cnn;

/// <summary>How a trainer is made.</summary>
public sealed record TrainerOptions
{
    /// <summary>The most inputs that one step can take. Default 64.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>
    /// Images whose activations are kept at once. A step with more goes through them in micro-batches of so many, the last of which has what is left, and sums
    /// their gradients pairwise, as a balanced tree over the micro-batches; so less memory is needed, and the result depends on this number, never on how the
    /// work is divided. The loss is the mean over the batch. BatchNorm takes the statistics of each micro-batch. A <see cref="Loss.Custom"/> is called for
    /// each micro-batch and weighs as its images. Default 0: a batch is one micro-batch.
    /// </summary>
    public int MicroBatch { get; init; }

    /// <summary>
    /// The processes that share each batch. <c>Step</c>, <c>ForwardBackward</c> and <c>Update</c> are then calls that all of them make, each with its own
    /// images: whole micro-batches, as <see cref="RankSums.ShareOf(IRanks, int, int)"/> gives them, or none. Loss and gradients are those of the whole
    /// batch, with the bits of one machine. BatchNorm's running statistics move on each rank by what it sees. Needs a <see cref="MicroBatch"/>. Default: none.
    /// </summary>
    public IRanks? Ranks { get; init; }

    /// <summary>How the gradients of <see cref="Ranks"/> travel between them. Default: as floats, so that the sums have the bits of one process.</summary>
    public RankPrecision RankPrecision { get; init; }

    /// <summary>Whether the gradient with respect to the inputs is computed too. Default false.</summary>
    public bool InputGradients { get; init; }

    /// <summary>
    /// The number of threads; 0, the default, is all cores, or of several ranks those that are this one's. An explicit number is honoured, also beyond
    /// the cores. Results do not depend on it. On WebAssembly 0 is 1, and more throws.
    /// </summary>
    public int Threads { get; init; }

    /// <summary>The seed of dropout. Default 0.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// Which of the trainable parameters are trained; the others have no gradient and no update. Default: null, all of them. Asked once for each, when the
    /// trainer is made. It
    /// never changes which statistics BatchNorm uses, as <c>Frozen</c> in a declaration does.
    /// </summary>
    public Func<Parameter, bool>? Trains { get; init; }

    /// <summary>Parameters with a learning rate or a weight decay of their own. Default: none.</summary>
    public IReadOnlyList<ParameterGroup> Groups { get; init; } = [];
}

/// <summary>How a predictor is made.</summary>
public sealed record PredictorOptions
{
    /// <summary>The most inputs that one call can take. Default 1.</summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>The number of threads; 0 is all cores. Default 1. Results do not depend on it. On WebAssembly 0 is 1, and more throws.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// In what the predictor keeps the weights of convolutions and linear layers, with the norms folded in; biases stay floats. Kernels compute with floats
    /// of the rounded weights, bit for bit as if these had been floats all along. Weights that are kept in fewer bits already, inside the assembly, stay so.
    /// Default <see cref="WeightStorage.Float32"/>, which rounds nothing.
    /// </summary>
    public WeightStorage Weights { get; init; }
}
