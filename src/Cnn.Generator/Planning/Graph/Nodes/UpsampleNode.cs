using Cnn.Definitions;
using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>
/// Another length for every axis: repetition by whole factors as a pool's way back, enlargement of images with half-pixel centres by a kernel of its own,
/// and all else one axis after the other by tables of weights.
/// </summary>
public sealed record UpsampleNode : Node
{
    private const int ImageRank = 2;

    public UpsampleSpec Spec => (UpsampleSpec)Layer.Spec;

    private ResampledAxis[] Axes => [.. Input.Axes.Select((length, axis) => Spec.Axis(axis, length))];

    private bool Repeats => Array.TrueForAll(Axes, static axis => axis.Repetition > 0);

    /// <summary>Whether the weights repeat after as many outputs as the factor, which is the same along both axes.</summary>
    private bool HasPhases => Input.Rank == ImageRank && Spec.Mode is UpsampleMode.Bilinear or UpsampleMode.Linear
        && !Spec.AlignCorners && Spec.Coordinates != UpsampleCoordinates.Asymmetric
        && Output.Axes[0] % Input.Axes[0] == 0 && Output.Axes[1] % Input.Axes[1] == 0
        && Factor == Output.Axes[1] / Input.Axes[1] && Array.TrueForAll(Axes, axis => axis.Scale == Factor);

    /// <inheritdoc/>
    public override bool WritesItsChannelsAlone => Repeats && !HasPhases;

    private int Factor => Output.Axes[0] / Input.Axes[0];

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        if (!HasPhases && !Repeats)
        {
            PlanAxes(x, pass.Fresh(this), isBackward: false, (layout, place) => pass.Schedule.Tensor(Names.Local(Name) + "Axis" + place, layout.Size),
                step => pass.Schedule.PerImage(step));
            return;
        }

        Value y = pass.Fresh(this);
        if (!HasPhases)
        {
            pass.Schedule.PerImage(
                new Step(MethodStem + "Forward", $"y[{Formulas.Dimensions(Output)}] = x[{Formulas.Dimensions(Input)}], {Times}",
                    Repetition(x.Layout, y.Layout, backward: false), x.Interior, y.Interior));
            return;
        }

        KernelCall call = KernelCall.Of(RuntimeKernel.BilinearForward).In("x", x.Interior).Out("y", y.Interior);
        string mean = $"y[{Formulas.Dimensions(Output)}] = weighted mean of the four elements of x[{Formulas.Dimensions(Input)}] around it";
        pass.Call(this, "Forward", mean, WithNumbers(call, x.Layout).Numbers(x.Layout.Stride(0), y.Layout.Stride(0)));
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        bool optional = pass.IsOptional(this);
        Value dx = pass.Fresh(this);
        if (HasPhases)
        {
            pass.Clear(MethodStem + "ClearGradient", "dx = 0, to add to", dx, optional);
            KernelCall call = KernelCall.Of(RuntimeKernel.BilinearBackward).In("dy", dy.Interior).InOut("dx", dx.Interior);
            pass.Call(this, "dx += each dy by the weights of the elements that it came from",
                WithNumbers(call, dx.Layout).Numbers(dy.Layout.Stride(0), dx.Layout.Stride(0)));
        }
        else if (Repeats)
        {
            Step sum = new(MethodStem + "Backward", "dx = sum of dy over the repetitions",
                Repetition(dx.Layout, dy.Layout, backward: true), dy.Interior, dx.Interior);
            pass.Schedule.PerImage(sum, optional);
        }
        else
        {
            PlanAxes(dy.Value, dx, isBackward: true,
                (layout, place) => pass.Schedule.Tensor(BackwardPass.NameOf(this, "AxisGradient" + place), layout.Size, optional),
                step => pass.Schedule.PerImage(step, optional));
        }

        pass.Contribute(this, 0, dx);
    }

    private string Times
    {
        get
        {
            int[] factors = [.. Axes.Select(static axis => axis.Repetition)];
            return Array.TrueForAll(factors, factor => factor == factors[0])
                ? $"each element {Formulas.Number(factors[0])} times along each axis"
                : $"each element {Formulas.Dimensions(factors.ToEquatableArray())} times along the axes";
        }
    }

    /// <summary>One axis after the other, those first that get shorter; backward the other way round.</summary>
    private void PlanAxes(Value x, Value y, bool isBackward, Func<TensorLayout, string, int> tensor, Action<Step> schedule)
    {
        ResampledAxis[] axes = Axes;
        int[] order = [.. Enumerable.Range(0, axes.Length).Where(axis => !axes[axis].IsIdentity)
            .OrderBy(axis => (double)axes[axis].Outputs / axes[axis].Length).ThenBy(static axis => axis)];
        if (isBackward)
            Array.Reverse(order);
        Value from = x;
        for (int place = 0; place < order.Length; place++)
        {
            int axis = order[place];
            int length = isBackward ? axes[axis].Length : axes[axis].Outputs;
            TensorShape shape = new(Input.Channels, from.Layout.Axes.Select((other, index) => index == axis ? length : other).ToEquatableArray());
            TensorLayout layout = TensorLayout.Plain(shape);
            Value to = place == order.Length - 1 ? y : new Value(tensor(layout, Formulas.Number(place)), layout);
            AxisTable table = AxisTable.Of(axes[axis], isBackward);
            string formula = isBackward
                ? $"dx[i] = sum of weight * dy[o] over the outputs of element i, along axis {Formulas.Number(axis + 2)}"
                : $"y[o] = sum of weight * x[i] over the elements of output o, along axis {Formulas.Number(axis + 2)}";
            schedule(table.Call(axis, from, to).Step(MethodStem + (isBackward ? "Backward" : "Forward"), formula));
            from = to;
        }
    }

    /// <summary>Repetition is what an average pool of that window does to its gradient, without the division; its gradient is the pool itself.</summary>
    private PoolBody Repetition(TensorLayout small, TensorLayout large, bool backward) =>
        PoolBody.OfBlocks(Axes.Select(static axis => axis.Repetition).ToEquatableArray(), large, small, !backward) with { Divides = false };

    private KernelCall WithNumbers(KernelCall call, TensorLayout small) => call.Numbers(Input.Axes[0], Input.Axes[1], Factor, small.Pitch);
}

internal sealed class UpsampleNodeFactory : NodeFactory<UpsampleSpec>
{
    public override Node Make(NodeSite site) => new UpsampleNode { Layer = site.Layer, Inputs = site.Inputs, Input = site.Input, Output = site.Output };
}
