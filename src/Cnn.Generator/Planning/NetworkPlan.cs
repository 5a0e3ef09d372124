using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Everything that Emission writes down; it decides nothing more.</summary>
public sealed record NetworkPlan
{
    public required ShapedNetwork Network { get; init; }

    public required EmitOptions Options { get; init; }

    /// <summary>In the order in which they are saved.</summary>
    public required EquatableArray<PlannedParameter> Parameters { get; init; }

    /// <summary>Floats of the trainable parameters as a trainer packs them; they come first.</summary>
    public required int TrainableFloats { get; init; }

    /// <summary>Floats of the others: running statistics and frozen layers.</summary>
    public required int OtherFloats { get; init; }

    public required TrainerPlan Trainer { get; init; }

    public required PredictorPlan Predictor { get; init; }

    /// <summary>Null where nobody asks for it, or the activations of all layers are more than an array holds.</summary>
    public TracePlan? Trace { get; init; }

    /// <summary>The methods that the schedules call; equal ones are one.</summary>
    public required EquatableArray<StepMethod> Methods { get; init; }
}

/// <summary>A parameter and where a trainer packs it.</summary>
public sealed record PlannedParameter
{
    public required ParameterShape Shape { get; init; }

    /// <summary>Vectors are weights with one tap and one input.</summary>
    public required WeightLayout Layout { get; init; }

    /// <summary>Floats from the start of the trainable parameters, or of the others.</summary>
    public required int Offset { get; init; }
}

/// <summary>A tensor of a schedule.</summary>
public sealed record PlannedTensor
{
    public required string Name { get; init; }

    public required MemorySpace Space { get; init; }

    /// <summary>Whether each worker has it for itself even where the workers do each image together.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Floats of one image.</summary>
    public required int Size { get; init; }

    /// <summary>Floats from the start of its space; in a batch space, floats per image, to be multiplied with the capacity.</summary>
    public required int Offset { get; init; }
}

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

/// <summary>How much memory a schedule needs.</summary>
/// <param name="BatchFloats">Per image of the capacity.</param>
/// <param name="WorkerFloats">Per worker.</param>
/// <param name="SharedFloats">Once.</param>
/// <param name="OptionalBatchFloats">Per image of the capacity, where input gradients are asked for.</param>
/// <param name="LiveBatchFloats">The most floats per image that are live at once: no plan can do with less.</param>
/// <param name="LiveWorkerFloats">The same for a worker.</param>
public sealed record MemoryPlan(int BatchFloats, int WorkerFloats, int SharedFloats, int OptionalBatchFloats, int LiveBatchFloats, int LiveWorkerFloats);

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

    /// <summary>The layer whose output the loss sees; null where that is no layer of its own.</summary>
    public required LayerSpec? OutputLayer { get; init; }
}

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

/// <summary>A prediction whose outputs are the activations of all layers, one after the other.</summary>
public sealed record TracePlan
{
    /// <summary>An array has no more: <c>Array.MaxLength</c>.</summary>
    public const int MostFloats = 0x7FFFFFC7;

    public required PredictorPlan Pass { get; init; }

    /// <summary>Of all activations.</summary>
    public required int Floats { get; init; }

    /// <summary>Where each layer's activation starts, the input's first; layers that move nothing have that of their input.</summary>
    public required EquatableArray<int> Offsets { get; init; }
}

/// <summary>A transposed copy of a weight, for an input gradient.</summary>
public sealed record DerivedWeight
{
    /// <summary>Index into <see cref="NetworkPlan.Parameters"/>.</summary>
    public required int Parameter { get; init; }

    public required WeightLayout Source { get; init; }

    public required WeightLayout Target { get; init; }

    /// <summary>Whether taps become lanes (a linear layer) or stay rows (a convolution).</summary>
    public required bool TapsToLanes { get; init; }

    /// <summary>Channels of the map rounded up, where taps become lanes.</summary>
    public required int Pitch { get; init; }

    public required int Offset { get; init; }

    /// <summary>Whether it is needed for input gradients only.</summary>
    public required bool Optional { get; init; }
}

/// <summary>What a predictor packs when it is made.</summary>
public sealed record PackedItem
{
    /// <summary>The layer whose weight and bias are packed; null for norms of their own, which become a scale and a shift.</summary>
    public string? Layer { get; init; }

    public bool HasBias { get; init; }

    /// <summary>The packing of the weight; for scale and shift, of a vector.</summary>
    public required WeightLayout Layout { get; init; }

    /// <summary>Whether 3x3 kernels are packed as their 36 points.</summary>
    public bool IsWinograd { get; init; }

    /// <summary>Where the weight, or the scale, is packed.</summary>
    public required int WeightOffset { get; init; }

    /// <summary>Where the bias, or the shift, is packed.</summary>
    public required int BiasOffset { get; init; }

    /// <summary>Channels that come into the layer.</summary>
    public int InputChannels { get; init; }

    /// <summary>The norms before the layer that are folded in, in the order in which they run.</summary>
    public EquatableArray<FoldedNorm> NormsBefore { get; init; }

    /// <summary>The norms behind the layer that are folded in, in the order in which they run.</summary>
    public EquatableArray<FoldedNorm> Norms { get; init; }
}

/// <summary>A parameter of a predictor that is packed as it is.</summary>
/// <param name="Name">The whole name, as <c>prelu1.weight</c>.</param>
/// <param name="Layout">How it is packed.</param>
/// <param name="Offset">Where it is packed.</param>
public sealed record PackedParameter(string Name, WeightLayout Layout, int Offset);

/// <summary>A norm with fixed statistics that is folded into a scale and a shift: a BatchNorm, or constants.</summary>
public sealed record FoldedNorm(string Layer, bool Affine, float Epsilon)
{
    /// <summary>Of constants; empty for a BatchNorm.</summary>
    public EquatableArray<float> Mean { get; init; }

    /// <summary>Of constants; empty for a BatchNorm.</summary>
    public EquatableArray<float> Deviation { get; init; }
}

/// <summary>Calls between two barriers.</summary>
public sealed record Stage
{
    public required StageKind Kind { get; init; }

    public required EquatableArray<StepCall> Calls { get; init; }

    /// <summary>Whether it runs for input gradients only.</summary>
    public bool Optional { get; init; }
}

/// <summary>How the workers share a stage.</summary>
public enum StageKind
{
    /// <summary>Each worker takes some images and does all calls for one image before the next, so that the image stays in its cache.</summary>
    PerImage,

    /// <summary>All workers share each call, by units.</summary>
    Batch,
}

/// <summary>A call of a step method.</summary>
public sealed record StepCall
{
    public required string Method { get; init; }

    public required EquatableArray<Operand> Operands { get; init; }

    /// <summary>Trailing arguments that are numbers of the whole batch.</summary>
    public required CallShape Shape { get; init; }

    /// <summary>Units to share.</summary>
    public int Units { get; init; }

    /// <summary>Whether all workers that do an image together call it.</summary>
    public bool IsShared => Shape is CallShape.Part or CallShape.Each;

    /// <summary>Where one of them calls it: in which turn, from 0 anew for each layer; turn 0 is the first worker's, as is all that is neither shared nor in turn.</summary>
    public int Turn { get; init; }

    /// <summary>How many turns the layer has.</summary>
    public int Turns { get; init; }

    /// <summary>Whether it could do a part of the work, and is called for all of it.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Whether the workers that do one image together wait for each other before it.</summary>
    public bool MeetsBefore { get; init; }
}

/// <summary>What a call gets beside its operands.</summary>
public enum CallShape
{
    /// <summary>Nothing.</summary>
    Plain,

    /// <summary>Which part of an image's work it is, of how many; in a stage over images.</summary>
    Part,

    /// <summary>By the worker whose turn it is.</summary>
    Turn,

    /// <summary>Nothing; of its last operand it writes the border alone, which no other call writes.</summary>
    Border,

    /// <summary>By each of the workers that share an image, for itself.</summary>
    Each,

    /// <summary>The range of units of this worker.</summary>
    Units,

    /// <summary>The number of images and the range of units of this worker.</summary>
    UnitsOfImages,

    /// <summary>The number of images; the first worker alone calls.</summary>
    OnceWithImages,

    /// <summary>Whether it is the first image, which overwrites instead of adding, and the range of units of this worker; once for each image, in order.</summary>
    UnitsForEachImage,

    /// <summary>Nothing; the first worker alone calls.</summary>
    Once,

    /// <summary>The number of images; in a stage over images.</summary>
    ImageCount,

    /// <summary>The key of a dropout layer in this step and the number of the image; <see cref="StepCall.Units"/> is the ordinal of the dropout layer.</summary>
    DropoutKey,
}

/// <summary>A reference that a call gets.</summary>
/// <param name="Region">Where.</param>
/// <param name="Tensor">Which tensor, in a tensor region.</param>
/// <param name="Offset">Floats from its start.</param>
/// <param name="Skipped">Floats to skip of what is planned there.</param>
public sealed record Operand(Region Region, int Tensor, int Offset, int Skipped = 0);

/// <summary>The memories that a call may refer to.</summary>
public enum Region
{
    /// <summary>A tensor of the schedule.</summary>
    Tensor,

    /// <summary>A trainer's trainable parameters, or a predictor's packed ones.</summary>
    Parameters,

    /// <summary>A trainer's other parameters.</summary>
    Others,

    Gradients,

    Derived,

    /// <summary>The image as the user gave it.</summary>
    UserInput,

    /// <summary>The outputs as the user gets them.</summary>
    UserOutput,

    /// <summary>The gradient of the loss with respect to the outputs, in the user's order.</summary>
    OutputGradient,

    /// <summary>The gradient with respect to the inputs, in the user's order.</summary>
    InputGradient,
}
