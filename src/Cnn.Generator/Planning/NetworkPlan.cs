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
