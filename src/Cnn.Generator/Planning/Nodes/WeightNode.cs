using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>A node with a weight that is contracted with its input: convolution or linear.</summary>
public abstract record WeightNode : Node
{
    public abstract bool HasBias { get; }

    /// <summary>How a trainer packs the weight, and lays out its gradient.</summary>
    public abstract WeightLayout Weight { get; }

    /// <summary>How the forward pass reads the weight: a predictor packs it so, a trainer keeps a copy where it differs.</summary>
    public virtual WeightLayout ForwardWeight => Weight;

    public Epilogue Epilogue { get; init; } = Epilogue.None;

    /// <summary>The activation that the epilogue does, or null.</summary>
    public ActivationSpec? Fused { get; init; }

    /// <summary>The norms behind the node that are folded into weight and bias.</summary>
    public EquatableArray<FoldedNorm> Norms { get; init; }

    /// <summary>The norms before the node that are folded into weight and bias.</summary>
    public EquatableArray<FoldedNorm> NormsBefore { get; init; }

    /// <summary>Whether each output sees a whole window of inputs, so that a shift of the inputs is one of the outputs.</summary>
    public abstract bool SeesNoPadding { get; }

    /// <inheritdoc/>
    public override bool KeepsOutput => Fused is not null;

    /// <inheritdoc/>
    public override ActivationSpec? LastActivation => Fused;

    /// <inheritdoc/>
    public override WeightLayout LayoutOf(ParameterShape parameter) => parameter.Shape.Length > 1 ? Weight : base.LayoutOf(parameter);

    protected string AddForward(ForwardPass pass, PlacedContraction placed, string formula)
    {
        bool bias = pass.Places.Bias(this) is not null;
        return pass.Methods.Add(
            MethodStem + "Forward",
            formula,
            new ContractionBody
            {
                Contraction = bias ? placed.Kernel : placed.Kernel with { Start = StartValue.Zero },
                Names = bias ? ["x", "w", "b", "y"] : ["x", "w", "y"],
            });
    }

    /// <summary>For a trace, which runs once in a while: the runtime's kernel for contractions of any shape, one call a lane section, instead of a text of its own.</summary>
    protected void PlanTraced(ForwardPass pass, PlacedContraction placed, string formula, Value x, Value y)
    {
        foreach (LaneSection section in placed.Kernel.Sections)
            pass.Schedule.PerImage(pass.Methods.Add(MethodStem + "Alone", formula, placed.Kernel.AsCall(section)), false, ForwardOperands(pass, placed, x, y));
    }

    protected Operand[] ForwardOperands(ForwardPass pass, PlacedContraction placed, Value x, Value y)
    {
        List<Operand> operands = [ScheduleBuilder.At(x.Tensor, placed.AOffset), pass.Places.ForwardWeight(this)];
        if (pass.Places.Bias(this) is { } bias)
            operands.Add(bias);
        operands.Add(ScheduleBuilder.At(y.Tensor, placed.COffset));
        return [.. operands];
    }
}
