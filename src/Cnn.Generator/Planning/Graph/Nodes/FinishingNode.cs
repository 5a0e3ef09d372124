using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>A node that can finish what it makes along the way: add a residual, apply an activation.</summary>
public abstract record FinishingNode : Node
{
    /// <summary>Whether it is a pass over memory that leaves registers for any activation.</summary>
    public virtual bool HasFreeRegisters => false;

    /// <summary>Whether it can add a residual.</summary>
    public virtual bool FinishesResiduals => true;

    /// <summary>Whether it can apply an activation.</summary>
    public virtual bool FinishesActivations => true;

    /// <summary>What it does to finished sums.</summary>
    public Epilogue Epilogue { get; init; } = Epilogue.None;

    /// <summary>The activation with which it ends; null for none.</summary>
    public ActivationSpec? Fused => Epilogue.LastActivation;

    /// <summary>Which of its inputs is added to finished sums; null for none.</summary>
    public int? ResidualInput => Epilogue.HasResidual ? Inputs.Length - 1 : null;

    /// <inheritdoc/>
    public override bool KeepsOutput => Fused is not null;

    /// <inheritdoc/>
    public override ActivationSpec? LastActivation => Fused;

    /// <inheritdoc/>
    public override ShapedLayer? LastLayer => Epilogue.IsEmpty ? Layer : null;

    /// <inheritdoc/>
    public override bool ReadsElements(int input) => input == ResidualInput;

    /// <summary>The same node with one step more behind it.</summary>
    /// <param name="step">The step.</param>
    /// <param name="residual">The value that it adds, if it adds one.</param>
    public FinishingNode Then(EpilogueStep step, int? residual = null) =>
        this with { Epilogue = Epilogue.Then(step), Inputs = residual is { } value ? [.. Inputs, value] : Inputs };

    /// <summary>The residual of a call.</summary>
    protected Value? Residual(ForwardPass pass) => ResidualInput is { } input ? pass.InputOf(this, input) : null;

    /// <summary>A pass of its own over what is stored already, for the steps that the node could not do along the way.</summary>
    protected void PlanRest(ForwardPass pass, Epilogue rest, Value y)
    {
        if (rest.IsEmpty)
            return;
        KernelCall call = KernelCall.Of(RuntimeKernel.Finish).Argue(new EpilogueArgument(rest)).In("sum", y).In("r", Residual(pass) ?? y).Out("y", y).Run();
        pass.Call(this, "Finish", $"y[{Formulas.Dimensions(Output)}] = {Formulas.Finished(rest, "sum")}", call, divides: true);
    }
}
