using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>A node with a weight that is contracted with its input: convolution or linear.</summary>
public abstract record WeightNode : FinishingNode
{
    public abstract bool HasBias { get; }

    /// <summary>How a trainer packs the weight, and lays out its gradient.</summary>
    public abstract WeightLayout Weight { get; }

    /// <summary>How the forward pass reads the weight: a predictor packs it so, a trainer keeps a copy where it differs.</summary>
    public virtual WeightLayout ForwardWeight => Weight;

    /// <summary>The norms behind the node that are folded into weight and bias.</summary>
    public EquatableArray<FoldedNorm> Norms { get; init; }

    /// <summary>The norms before the node that are folded into weight and bias.</summary>
    public EquatableArray<FoldedNorm> NormsBefore { get; init; }

    /// <summary>Whether each output sees a whole window of inputs, so that a shift of the inputs is one of the outputs.</summary>
    public abstract bool SeesNoPadding { get; }

    /// <inheritdoc/>
    public override WeightLayout LayoutOf(ParameterShape parameter) => parameter.Shape.Length > 1 ? Weight : base.LayoutOf(parameter);

    /// <summary>y = epilogue(b + w x).</summary>
    protected Step ForwardStep(ForwardPass pass, PlacedContraction placed, string formula, Value x, Value y, string suffix = "Forward")
    {
        List<Address> addresses = [Address.Of(x.Tensor, placed.AOffset), pass.Places.ForwardWeight(this)];
        Address? bias = pass.Places.Bias(this);
        if (bias is not null)
            addresses.Add(bias);
        if (placed.Kernel.Epilogue.HasResidual)
            addresses.Add(Address.Of(Residual(pass)!.Tensor, placed.ResidualOffset));
        return new Step(
            MethodStem + suffix,
            formula,
            ContractionBody.Of(placed.Kernel, "x", "w", "y", bias is null ? null : "b").WithWeight("w"),
            [.. addresses, Address.Of(y.Tensor, placed.COffset + y.Channel)]);
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
