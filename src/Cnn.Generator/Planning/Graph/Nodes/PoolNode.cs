using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>The largest or the mean of a sliding window.</summary>
public sealed record PoolNode : Node
{
    public PoolSpec Spec => (PoolSpec)Layer.Spec;

    private bool IsMax => Spec.Pool == PoolKind.Max;

    /// <inheritdoc/>
    public override bool WritesItsChannelsAlone => true;

    /// <summary>An activation before it is undone from the largest.</summary>
    public override bool KeepsOutput => IsMax;

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        Value y = pass.Fresh(this);
        string word = IsMax ? "max" : "mean";
        string formula =
            $"y[{Formulas.Dimensions(Output)}] = {word} of x[{Formulas.Dimensions(Input)}] over windows of {Formulas.Dimensions(Layer.Window!.Kernel)}, "
            + $"stride {Formulas.Dimensions(Layer.Window.Stride)}";
        PoolBody body = Body(x.Layout, y.Layout, x.Layout, backward: false) with { IsDivided = pass.SharesImages && y.Layout.IsWorthDividing };
        if (!pass.Training || !IsMax)
        {
            pass.Schedule.PerImage(new Step(MethodStem + "Forward", formula, body, x.Interior, y.Interior));
            return;
        }

        TensorLayout layout = TensorLayout.Plain(Output);
        Value winners = new(pass.Schedule.Tensor(Names.Local(Name) + "Winners", layout.Size), layout);
        pass.Winners[Index] = winners;
        pass.Schedule.PerImage(
            new Step(MethodStem + "Forward", formula + ", and which element it was", body with { Winners = layout }, x.Interior, y.Interior, winners.Start));
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        bool optional = pass.IsOptional(this);
        Value x = pass.Forward.InputOf(this);

        // The window's largest is the only one whose derivative counts, so the activation is undone once a window.
        ActivationSpec? activation = IsMax ? pass.ActivationBefore(this) : null;
        Value dx = pass.Fresh(this, undone: activation is not null);
        PoolBody body = Body(x.Layout, dy.Layout, dx.Layout, backward: true);
        if (!body.IsPartition)
            pass.Clear(MethodStem + "ClearGradient", "dx = 0, because windows overlap or leave inputs out", dx, optional);
        if (IsMax)
            PlanWinners(pass, body, dy, dx, activation);
        else
            pass.Schedule.PerImage(
                new Step(MethodStem + "Backward", "dx = sum over the windows that hold it of dy / window", body, dy.Interior, dx.Interior), optional);
        pass.Contribute(this, 0, dx, undone: activation is not null);
    }

    private void PlanWinners(BackwardPass pass, PoolBody body, Gradient dy, Value dx, ActivationSpec? activation)
    {
        Value winners = pass.Forward.Winners[Index];
        Value y = pass.Forward.OutputOf(this);
        body = body with { Winners = winners.Layout };
        if (activation is not null)
            body = body with { Activation = activation, Largest = y.Layout };
        string derivative = activation is null ? string.Empty : $" * {Formulas.Activation(activation)}'";
        Address[] saved = activation is null ? [winners.Start] : [winners.Start, y.Interior];
        Step step = new(MethodStem + "Backward", $"dx at each window's first largest x is dy{derivative}, else 0", body, [.. saved, dy.Interior, dx.Interior]);
        pass.Schedule.PerImage(step, pass.IsOptional(this));
    }

    private PoolBody Body(TensorLayout input, TensorLayout output, TensorLayout gradient, bool backward) => new()
    {
        Pool = Spec.Pool,
        Backward = backward,
        Window = Layer.Window!,
        CountIncludePad = Spec.CountIncludePad,
        Input = input,
        Output = output,
        Gradient = gradient,
    };
}

internal sealed class PoolNodeFactory : NodeFactory<PoolSpec>
{
    public override Node Make(NodeSite site) => new PoolNode { Layer = site.Layer, Inputs = site.Inputs, Input = site.Input, Output = site.Output };
}
