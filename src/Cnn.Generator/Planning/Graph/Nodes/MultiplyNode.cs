using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>The product of two values; axes of length 1, the channels among them, are repeated.</summary>
public sealed record MultiplyNode : Node
{
    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value a = pass.InputOf(this);
        Value b = pass.InputOf(this, 1);
        Value y = pass.Fresh(this);
        PlanProduct(pass.Schedule, MethodStem + "Forward", $"y[{Formulas.Dimensions(Output)}] = a * b", false, a, b, y);
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        for (int input = 0; input < 2; input++)
        {
            Value other = pass.Forward.InputOf(this, 1 - input);
            Value dx = pass.Fresh(this, input);
            bool optional = pass.IsOptional(this, input);
            string operand = input == 0 ? "a" : "b";
            if (IsWhole(dx.Layout))
            {
                PlanProduct(pass.Schedule, MethodStem + "Backward", $"d{operand} = dy * {(input == 0 ? "b" : "a")}", optional, dy.Value, other, dx);
            }
            else
            {
                pass.Clear(MethodStem + "ClearGradient", "zeros to add to", dx, optional);
                PlanSum(pass, $"d{operand} = dy * {(input == 0 ? "b" : "a")}, summed over what {operand} is repeated for", optional, dy.Value, other, dx);
            }

            pass.Contribute(this, input, dx);
        }
    }

    private bool IsWhole(TensorLayout layout) => layout.Channels == Output.Channels && layout.Axes == Output.Axes;

    /// <summary>The call runs along the last axis; the others are loops, in which what is repeated stands still.</summary>
    private void PlanProduct(ScheduleBuilder schedule, string name, string formula, bool optional, Value a, Value b, Value y)
    {
        KernelCall call = KernelCall.Of(RuntimeKernel.Multiply).Loop(Output.Axes.Take(OuterAxes).ToEquatableArray());
        Repeated(Moving(call, "a", Access.In, a), a.Layout);
        Repeated(Moving(call, "b", Access.In, b), b.Layout);
        Moving(call, "y", Access.Out, y).Numbers(RowLength, y.Layout.Pitch);
        schedule.PerImage(call.Step(name, formula), optional);
    }

    private void PlanSum(BackwardPass pass, string formula, bool optional, Value dy, Value other, Value dx)
    {
        KernelCall call = Moving(KernelCall.Of(RuntimeKernel.AddProductSums).Loop(Output.Axes.Take(OuterAxes).ToEquatableArray()), "dy", Access.In, dy);
        Repeated(Moving(call, "other", Access.In, other), other.Layout);
        Repeated(Moving(call, "dx", Access.InOut, dx), dx.Layout).Numbers(RowLength, Output.Channels, dy.Layout.Pitch);
        pass.Schedule.PerImage(call.Step(MethodStem + "Backward", formula), optional);
    }

    private int OuterAxes => Math.Max(0, Output.Rank - 1);

    private int RowLength => Output.Rank == 0 ? 1 : Output.Axes[Output.Rank - 1];

    private KernelCall Moving(KernelCall call, string name, Access access, Value value) => call.Moving(
        name, access, value.Interior,
        Enumerable.Range(0, OuterAxes).Select(axis => value.Layout.Axes[axis] < Output.Axes[axis] ? 0 : value.Layout.Stride(axis)).ToEquatableArray());

    /// <summary>
    /// Floats from one position of the last axis to the next, none for what is repeated along it; and whether one channel is repeated for all.
    /// </summary>
    private KernelCall Repeated(KernelCall call, TensorLayout layout) => call
        .Numbers(Output.Rank == 0 || layout.Axes[Output.Rank - 1] < Output.Axes[Output.Rank - 1] ? 0 : layout.Pitch)
        .Flag(layout.Channels < Output.Channels);
}

internal sealed class MultiplyNodeFactory : NodeFactory<MultiplySpec>
{
    public override Node Make(NodeSite site) => new MultiplyNode { Layer = site.Layer, Inputs = site.Inputs, Input = site.Input, Output = site.Output };
}
