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
            pass.Call(this, "Forward", $"y[{Formulas.Dimensions(Output)}] = x[{Formulas.Dimensions(Input)}], each element {Rows.Number(Spec.Scale)} times along each axis", Repetition(x.Layout, y.Layout, backward: false), x, y);
            return;
        }

        string call = $"_run::BilinearUpsampling.Forward(ref {{x}}, ref {{y}}, {Numbers(x.Layout)}, {RowStride(x.Layout)}, {RowStride(y.Layout)});";
        pass.Call(this, "Forward", $"y[{Formulas.Dimensions(Output)}] = weighted mean of the four elements of x[{Formulas.Dimensions(Input)}] around it", Rows.Single(call, ["x", "y"]), x, y);
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        if (Spec.Mode == UpsampleMode.Nearest)
        {
            Value sums = pass.Fresh(this);
            pass.Call(this, "dx = sum of dy over the repetitions", Repetition(sums.Layout, dy.Layout, backward: true), dy, sums);
            pass.Contribute(this, 0, sums);
            return;
        }

        Value dx = pass.Fresh(this);
        pass.Clear(MethodStem + "ClearGradient", "dx = 0, to add to", dx, pass.IsOptional(this));
        string call = $"_run::BilinearUpsampling.Backward(ref {{dy}}, ref {{dx}}, {Numbers(dx.Layout)}, {RowStride(dy.Layout)}, {RowStride(dx.Layout)});";
        pass.Call(this, "dx += each dy by the weights of the elements that it came from", Rows.Single(call, ["dy", "dx"]), dy, dx);
        pass.Contribute(this, 0, dx);
    }

    /// <summary>Repetition is what an average pool of that window does to its gradient, without the division; its gradient is the pool itself.</summary>
    private PoolBody Repetition(TensorLayout small, TensorLayout large, bool backward)
    {
        EquatableArray<int> window = Enumerable.Repeat(Spec.Scale, Input.Rank).ToEquatableArray();
        EquatableArray<int> ones = Enumerable.Repeat(1, Input.Rank).ToEquatableArray();
        return new PoolBody
        {
            Pool = PoolKind.Average,
            Backward = !backward,
            Divides = false,
            Window = new WindowShape
            {
                Kernel = window,
                Stride = window,
                Dilation = ones,
                PaddingBegin = TensorLayout.Zeros(Input.Rank),
                PaddingEnd = TensorLayout.Zeros(Input.Rank),
            },
            CountIncludePad = true,
            Input = large,
            Output = small,
            Gradient = large,
        };
    }

    private string Numbers(TensorLayout small) =>
        $"{Rows.Number(Input.Axes[0])}, {Rows.Number(Input.Axes[1])}, {Rows.Number(Spec.Scale)}, {Rows.Number(small.Pitch)}";

    private static string RowStride(TensorLayout layout) => Rows.Number(layout.Stride(0));
}
