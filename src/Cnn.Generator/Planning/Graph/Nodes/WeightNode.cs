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

    /// <summary>y = activation(b + w x).</summary>
    protected Step ForwardStep(ForwardPass pass, PlacedContraction placed, string formula, Value x, Value y, string suffix = "Forward")
    {
        Address? bias = pass.Places.Bias(this);
        Address[] parameters = bias is null ? [pass.Places.ForwardWeight(this)] : [pass.Places.ForwardWeight(this), bias];
        return new Step(
            MethodStem + suffix,
            formula,
            ContractionBody.Of(placed.Kernel, "x", "w", "y", bias is null ? null : "b").WithWeight("w"),
            [Address.Of(x.Tensor, placed.AOffset), .. parameters, Address.Of(y.Tensor, placed.COffset + y.Channel)]);
    }

    /// <summary>
    /// For a trace, which runs once in a while: the runtime's kernel for contractions of any shape, one call a lane section, instead of a text of its
    /// own.
    /// </summary>
    protected void PlanTraced(ForwardPass pass, PlacedContraction placed, string formula, Value x, Value y)
    {
        (Address, Address, Address, Address) operands =
            (Address.Of(x.Tensor, placed.AOffset), pass.Places.ForwardWeight(this), pass.Places.Bias(this)!, Address.Of(y.Tensor, placed.COffset));
        foreach (LaneSection section in placed.Kernel.Sections)
            pass.Schedule.PerImage(TracedContraction.Step(placed.Kernel, section, MethodStem + "Alone", formula, operands));
    }
}
