using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Division by the Euclidean norm along an axis, but by no less than epsilon: a reduction, a limit and a quotient.</summary>
public sealed record L2NormalizeNode : Node
{
    private L2NormalizeSpec Spec => (L2NormalizeSpec)Layer.Spec;

    /// <inheritdoc/>
    public override bool KeepsOutput => true;

    /// <inheritdoc/>
    public override InputNeed Need(bool training) => InputNeed.Contiguity;

    /// <summary>max(norm, epsilon).</summary>
    private ActivationArgument Limit => new(new ActivationSpec { Activation = "Clip", Numbers = [Spec.Epsilon, float.PositiveInfinity] });

    private string Of => "over axis " + Formulas.Number(Spec.Axis);

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        Value norms = Reduced(pass, "Norms");
        Value divisors = Reduced(pass, "Divisors");
        pass.Norms[Index] = (norms, divisors);
        ReductionSpec reduction = new("ReduceL2") { Axes = [Spec.AxisOf(Input.Rank)], KeepAxes = true };
        ReducedAxes axes = new(reduction, Input);
        if (axes.WritesFloats)
            pass.ClearAll(MethodStem + "Norms", norms);
        pass.Call(this, "Norms", $"the root of the sum of squares {Of}", axes.Forward(reduction.Definition.Struct, x, norms),
            divides: x.Layout.IsWorthDividing);
        pass.Call(this, "Divisors", $"max(norm, {Formulas.Real(Spec.Epsilon)})",
            KernelCall.Of(RuntimeKernel.Activate).Argue(Limit).In("x", norms).Out("y", divisors).Run());
        Value y = pass.InPlaceOr(this, keepsInput: false);
        pass.Call(this, "Forward", $"y[{Formulas.Dimensions(Output)}] = x / max(norm, {Formulas.Real(Spec.Epsilon)}), the norm {Of}",
            new Broadcast(Output).Forward("DivideOperation", x, divisors, y), divides: y.Layout.IsWorthDividing);
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        (Value norms, Value divisors) = pass.Forward.Norms[Index];
        Value y = pass.Forward.OutputOf(this);
        bool optional = pass.IsOptional(this);
        Broadcast broadcast = new(Output);
        Value sums = new(pass.Schedule.Tensor(BackwardPass.NameOf(this, "Sums"), norms.Layout.Size, optional), norms.Layout);
        pass.Clear(MethodStem + "ClearSums", "zeros to add to", sums, optional);
        pass.Call(this, $"sums of dy * y {Of}", broadcast.Gradient("MultiplyOperation", isFirst: false, dy.Value, y, norms, sums));
        pass.Call(this, "sums where the norm is not below epsilon, else 0",
            KernelCall.Of(RuntimeKernel.ActivateBackward).Argue(Limit).In("dy", sums).In("saved", norms).Out("dx", sums).Run());
        Value dx = pass.Fresh(this);
        pass.Call(this, "dx = y * sum", broadcast.Forward("MultiplyOperation", y, sums, dx));
        pass.Call(this, "dx = dy - y * sum", broadcast.Forward("SubtractOperation", dy.Value, dx, dx));
        pass.Call(this, "dx = (dy - y * sum) / max(norm, epsilon)", broadcast.Forward("DivideOperation", dx, divisors, dx));
        pass.Contribute(this, 0, dx);
    }

    private Value Reduced(ForwardPass pass, string what)
    {
        int axis = Spec.AxisOf(Input.Rank) - 2;
        TensorShape shape = axis < 0
            ? Input with { Channels = 1 }
            : Input with { Axes = Input.Axes.Select((length, index) => index == axis ? 1 : length).ToEquatableArray() };
        TensorLayout layout = TensorLayout.Plain(shape);
        return new Value(pass.Schedule.Tensor(Names.Local(Name) + what, layout.Size), layout);
    }
}

internal sealed class L2NormalizeNodeFactory : NodeFactory<L2NormalizeSpec>
{
    public override Node Make(NodeSite site) => new L2NormalizeNode { Layer = site.Layer, Inputs = site.Inputs, Input = site.Input, Output = site.Output };
}
