using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>An element-wise activation that no node before it does along the way.</summary>
public sealed record ActivationNode : Node
{
    public ActivationSpec Spec => (ActivationSpec)Layer.Spec;

    private bool UsesOutput => Spec.Definition.UsesOutput;

    /// <inheritdoc/>
    public override bool KeepsOutput => UsesOutput;

    /// <inheritdoc/>
    public override ActivationSpec? LastActivation => UsesOutput ? Spec : null;

    /// <inheritdoc/>
    public override TensorLayout? WantedGradient(BackwardPass pass, bool undone) => undone ? pass.GradientLayout(Inputs[0]) : null;

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        Value y = pass.InPlaceOr(this, keepsInput: pass.Training && !UsesOutput);
        KernelCall call = KernelCall.Of(RuntimeKernel.Activate).Argue(new ActivationArgument(Spec.Function)).In("x", x).Out("y", y).Run();
        pass.Call(this, "Forward", $"y[{Formulas.Dimensions(Output)}] = {Formulas.Activation(Spec)}(x)", call, divides: true);
        if (pass.Training && Spec.Definition.IsPartial)
            pass.ClearLanes(MethodStem, y);
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        if (dy.IsUndone)
        {
            pass.Contribute(this, 0, dy.Value, dy.IsShared);
            return;
        }

        Value saved = UsesOutput ? pass.Forward.OutputOf(this) : pass.Forward.InputOf(this);
        Value dx = pass.ActivationBackward(this, Spec, saved, dy, pass.GradientLayout(Inputs[0]), pass.IsOptional(this));
        if (Spec.Definition.IsPartial)
            pass.ClearLanes(MethodStem, dx, pass.IsOptional(this));
        pass.Contribute(this, 0, dx);
    }
}

internal sealed class ActivationNodeFactory : NodeFactory<ActivationSpec>
{
    public override Node Make(NodeSite site) => new ActivationNode { Layer = site.Layer, Inputs = site.Inputs, Input = site.Input, Output = site.Input };
}
