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

    /// <summary>What it gets behind them.</summary>
    public required RunNumbers Numbers { get; init; }

    public required Sharing Sharing { get; init; }

    /// <summary>Units to share.</summary>
    public int Units { get; init; }

    /// <summary>The number of a dropout layer, from which its key is drawn.</summary>
    public int Ordinal { get; init; }

    /// <summary>Whether all workers that do an image together call it.</summary>
    public bool IsShared => Sharing is Sharing.Parts or Sharing.Each;

    /// <summary>Where one of them calls it: in which turn, from 0 anew for each layer; turn 0 is the first worker's, as is all that is neither shared nor in turn.</summary>
    public int Turn { get; init; }

    /// <summary>How many turns the layer has.</summary>
    public int Turns { get; init; }

    /// <summary>Whether the workers that do one image together wait for each other before it.</summary>
    public bool MeetsBefore { get; init; }
}

/// <summary>What a call gets, and what it does with it.</summary>
public sealed record Operand(Address Address, Access Access)
{
    public bool IsWritten => Access != Access.In;
}

/// <summary>Who calls.</summary>
public enum Sharing
{
    /// <summary>One worker for all: the first.</summary>
    First,

    /// <summary>The workers that share an image, each for its part of the work.</summary>
    Parts,

    /// <summary>Of the workers that share an image, the one whose turn it is, for all of it.</summary>
    Turn,

    /// <summary>Each of the workers that share an image, for itself.</summary>
    Each,

    /// <summary>All workers, each for its units.</summary>
    Units,

    /// <summary>All workers, each for its units of one image after the other.</summary>
    UnitsOfEachImage,
}
