using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Enlargement of every axis by a whole factor.</summary>
public sealed record UpsampleNode : Node
{
    public UpsampleSpec Spec => (UpsampleSpec)Layer.Spec;

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        Value y = pass.Fresh(this);
        if (Spec.Mode == UpsampleMode.Nearest)
        {
            string formula =
                $"y[{Formulas.Dimensions(Output)}] = x[{Formulas.Dimensions(Input)}], each element {Formulas.Number(Spec.Scale)} times along each axis";
            pass.Schedule.PerImage(new Step(MethodStem + "Forward", formula, Repetition(x.Layout, y.Layout, backward: false), x.Interior, y.Interior));
            return;
        }

        KernelCall call = KernelCall.Of(RuntimeKernel.BilinearForward).In("x", x.Interior).Out("y", y.Interior);
        string mean = $"y[{Formulas.Dimensions(Output)}] = weighted mean of the four elements of x[{Formulas.Dimensions(Input)}] around it";
        pass.Call(this, "Forward", mean, WithNumbers(call, x.Layout).Numbers(x.Layout.Stride(0), y.Layout.Stride(0)));
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        if (Spec.Mode == UpsampleMode.Nearest)
        {
            Value sums = pass.Fresh(this);
            Step sum = new(MethodStem + "Backward", "dx = sum of dy over the repetitions",
                Repetition(sums.Layout, dy.Layout, backward: true), dy.Interior, sums.Interior);
            pass.Schedule.PerImage(sum, pass.IsOptional(this));
            pass.Contribute(this, 0, sums);
            return;
        }

        Value dx = pass.Fresh(this);
        pass.Clear(MethodStem + "ClearGradient", "dx = 0, to add to", dx, pass.IsOptional(this));
        KernelCall call = KernelCall.Of(RuntimeKernel.BilinearBackward).In("dy", dy.Interior).InOut("dx", dx.Interior);
        pass.Call(this, "dx += each dy by the weights of the elements that it came from",
            WithNumbers(call, dx.Layout).Numbers(dy.Layout.Stride(0), dx.Layout.Stride(0)));
        pass.Contribute(this, 0, dx);
    }

    /// <summary>Repetition is what an average pool of that window does to its gradient, without the division; its gradient is the pool itself.</summary>
    private PoolBody Repetition(TensorLayout small, TensorLayout large, bool backward) =>
        PoolBody.OfBlocks(Enumerable.Repeat(Spec.Scale, Input.Rank).ToEquatableArray(), large, small, !backward) with { Divides = false };

    private KernelCall WithNumbers(KernelCall call, TensorLayout small) => call.Numbers(Input.Axes[0], Input.Axes[1], Spec.Scale, small.Pitch);
}

internal sealed class UpsampleNodeFactory : NodeFactory<UpsampleSpec>
{
    public override Node Make(NodeSite site) => new UpsampleNode { Layer = site.Layer, Inputs = site.Inputs, Input = site.Input, Output = site.Output };
}
