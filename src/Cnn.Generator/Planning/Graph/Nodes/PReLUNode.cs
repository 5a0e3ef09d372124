using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>The rectifier with learned slopes. A slope may become negative, so that the derivative is taken from the input, and nothing fuses it.</summary>
public sealed record PReLUNode : Node
{
    public PReLUSpec Spec => (PReLUSpec)Layer.Spec;

    /// <inheritdoc/>
    public override InputNeed Need(bool training) => training ? InputNeed.Contiguity : InputNeed.Any;

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        Value y = pass.InPlaceOr(this, keepsInput: pass.Training);
        KernelCall call = KernelCall.Of(RuntimeKernel.PReLUForward).In("x", x).In("slope", pass.Places.Parameter(this, "weight")).Out("y", y).Positions()
            .Pitch().Flag(Spec.PerChannel);
        pass.Call(this, "Forward", $"y[{Formulas.Dimensions(Output)}] = x where x > 0, else slope * x", call, divides: true);
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        Value x = pass.Forward.InputOf(this);
        if (IsTrainable)
            PlanSlope(pass, dy, x);
        bool optional = pass.IsOptional(this);
        if (optional)
            pass.Flush();
        Value dx = pass.Fresh(this);
        KernelCall call = KernelCall.Of(RuntimeKernel.PReLUBackward).In("dy", dy.Value).In("x", x)
            .In("slope", pass.Places.Parameter(this, "weight")).Out("dx", dx);
        pass.Call(this, "dx = dy where x > 0, else slope * dy", call.Positions().Pitch().Flag(Spec.PerChannel));
        pass.Contribute(this, 0, dx);
    }

    /// <summary>The slopes' gradient: sums per image first, then over the images in order.</summary>
    private void PlanSlope(BackwardPass pass, Gradient dy, Value x)
    {
        int pitch = x.Layout.Pitch;
        Address sums = Address.Of(pass.Schedule.Tensor(BackwardPass.NameOf(this, "SlopeSums"), pitch));
        KernelCall each = KernelCall.Of(RuntimeKernel.PReLUSlopeSums).In("dy", dy.Interior).In("x", x.Interior)
            .Numbers(x.Layout.Positions, pitch).Out("sums", sums);
        pass.Schedule.PerImage(each.Step(MethodStem + "SlopeSums", "sums[c] = sum of dy * x over one image's positions where x <= 0"));
        KernelCall all = KernelCall.Of(Spec.PerChannel ? RuntimeKernel.SumImages : RuntimeKernel.PReLUSharedSlopeGradient)
            .In("sums", sums).Number(RunNumbers.Images);
        all = Spec.PerChannel ? all.Numbers(pitch) : all.Numbers(x.Layout.Channels, pitch);
        Step sum = all.Out("dw", pass.Places.Gradient(this, "weight")).Step(MethodStem + "SlopeGradient", "dw = sum of the images' sums");
        pass.Defer(() => pass.Schedule.Batch(sum));
    }
}

internal sealed class PReLUNodeFactory : NodeFactory<PReLUSpec>
{
    public override Node Make(NodeSite site) => new PReLUNode { Layer = site.Layer, Inputs = site.Inputs, Input = site.Input, Output = site.Input };
}
