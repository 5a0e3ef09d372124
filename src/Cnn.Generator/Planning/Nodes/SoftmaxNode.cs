using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Softmax over the channels of each position, or its logarithm.</summary>
public sealed record SoftmaxNode : Node
{
    public SoftmaxSpec Spec => (SoftmaxSpec)Layer.Spec;

    /// <inheritdoc/>
    public override bool KeepsOutput => true;

    private string Logarithm => Spec.Logarithm ? "true" : "false";

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        Value y = pass.Fresh(this);
        string call = $"_run::SoftmaxKernels.Forward(ref {{x}}, ref {{y}}, {{positions}}, {Rows.Number(x.Layout.Channels)}, {{pitch}}, {Logarithm});";
        pass.Call(this, "Forward", $"y = {Spec.Kind}(x) over {Rows.Number(x.Layout.Channels)} channels", Rows.Over(call, [("x", x.Layout), ("y", y.Layout)]), x, y);
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        Value y = pass.Forward.OutputOf(this);
        Value dx = pass.Fresh(this);
        string call = $"_run::SoftmaxKernels.Backward(ref {{dy}}, ref {{y}}, ref {{dx}}, {{positions}}, {Rows.Number(y.Layout.Channels)}, {{pitch}}, {Logarithm});";
        string method = pass.Methods.Add(MethodStem + "Backward", "dx from dy and y", Rows.Over(call, [("dy", dy.Layout), ("y", y.Layout), ("dx", dx.Layout)]));
        pass.Schedule.PerImage(method, pass.IsOptional(this), dy.Interior, y.Interior, dx.Interior);
        pass.Contribute(this, 0, dx);
    }
}
