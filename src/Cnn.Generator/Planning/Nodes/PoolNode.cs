using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>The largest or the mean of a sliding window.</summary>
public sealed record PoolNode : Node
{
    public PoolSpec Spec => (PoolSpec)Layer.Spec;

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        Value y = pass.Fresh(this);
        string word = Spec.Pool == PoolKind.Max ? "max" : "mean";
        string formula = $"y[{Formulas.Dimensions(Output)}] = {word} of x[{Formulas.Dimensions(Input)}] over windows of {Formulas.Dimensions(Layer.Window!.Kernel)}, stride {Formulas.Dimensions(Layer.Window.Stride)}";
        pass.Call(this, "Forward", formula, Body(x.Layout, y.Layout, x.Layout, backward: false), x, y);
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        bool optional = pass.IsOptional(this);
        Value x = pass.Forward.InputOf(this);
        bool max = Spec.Pool == PoolKind.Max;

        // The window's largest is the only one whose derivative counts, so the activation is undone once a window.
        ActivationSpec? activation = max ? pass.ActivationBefore(this) : null;
        Value dx = pass.Fresh(this, undone: activation is not null);
        PoolBody body = Body(x.Layout, dy.Layout, dx.Layout, backward: true) with { Activation = activation is null ? null : Activations.Expression(activation) };
        if (!body.IsPartition)
            pass.Clear(MethodStem + "ClearGradient", "dx = 0, because windows overlap or leave inputs out", dx, optional);
        string formula = max ? $"dx at each window's first largest x is dy{(activation is null ? string.Empty : $" * {Activations.Formula(activation)}'")}, else 0" : "dx = sum over the windows that hold it of dy / window";
        string method = pass.Methods.Add(MethodStem + "Backward", formula, body);
        if (max)
            pass.Schedule.PerImage(method, optional, x.Interior, dy.Interior, dx.Interior);
        else
            pass.Schedule.PerImage(method, optional, dy.Interior, dx.Interior);
        pass.Contribute(this, 0, dx, undone: activation is not null);
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
