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
        PlanProduct(pass.Schedule, pass.Methods, MethodStem + "Forward", $"y[{Formulas.Dimensions(Output)}] = a * b", false, a, b, y);
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
                PlanProduct(pass.Schedule, pass.Methods, MethodStem + "Backward", $"d{operand} = dy * {(input == 0 ? "b" : "a")}", optional, dy.Value, other, dx);
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
    private void PlanProduct(ScheduleBuilder schedule, MethodLibrary methods, string name, string formula, bool optional, Value a, Value b, Value y)
    {
        string call = $"_run::Products.Multiply(ref {{a}}, {Step(a.Layout)}, {OneChannel(a.Layout)}, ref {{b}}, {Step(b.Layout)}, {OneChannel(b.Layout)}, ref {{y}}, {Row}, {Rows.Number(y.Layout.Pitch)});";
        string method = methods.Add(name, formula, Body(call, ("a", a.Layout), ("b", b.Layout), ("y", y.Layout)));
        schedule.PerImage(method, optional, a.Interior, b.Interior, y.Interior);
    }

    private void PlanSum(BackwardPass pass, string formula, bool optional, Value dy, Value other, Value dx)
    {
        string call = $"_run::Products.AddSums(ref {{dy}}, ref {{other}}, {Step(other.Layout)}, {OneChannel(other.Layout)}, ref {{dx}}, {Step(dx.Layout)}, {OneChannel(dx.Layout)}, {Row}, {Rows.Number(Output.Channels)}, {Rows.Number(dy.Layout.Pitch)});";
        string method = pass.Methods.Add(MethodStem + "Backward", formula, Body(call, ("dy", dy.Layout), ("other", other.Layout), ("dx", dx.Layout)));
        pass.Schedule.PerImage(method, optional, dy.Interior, other.Interior, dx.Interior);
    }

    private string Row => Rows.Number(Output.Rank == 0 ? 1 : Output.Axes[Output.Rank - 1]);

    /// <summary>Floats from one position of the last axis to the next; none for what is repeated along it.</summary>
    private string Step(TensorLayout layout) => Rows.Number(Output.Rank == 0 || layout.Axes[Output.Rank - 1] < Output.Axes[Output.Rank - 1] ? 0 : layout.Pitch);

    private string OneChannel(TensorLayout layout) => layout.Channels < Output.Channels ? "true" : "false";

    private RowsBody Body(string call, params (string Name, TensorLayout Layout)[] operands)
    {
        int outer = Math.Max(0, Output.Rank - 1);
        return new RowsBody
        {
            Names = operands.Select(static operand => operand.Name).ToEquatableArray(),
            Counts = Output.Axes.Take(outer).ToEquatableArray(),
            Strides = operands.Select(operand => Enumerable.Range(0, outer)
                .Select(axis => operand.Layout.Axes[axis] < Output.Axes[axis] ? 0 : operand.Layout.Stride(axis)).ToEquatableArray()).ToEquatableArray(),
            Call = call,
        };
    }
}
