using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Values one behind the other along an axis that is not the channels. The gradient of each is its part of the whole gradient.</summary>
public sealed record AxisConcatNode : Node
{
    /// <summary>Of the axis among the lengths.</summary>
    public required int Place { get; init; }

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value y = pass.Fresh(this);
        int first = 0;
        for (int input = 0; input < Inputs.Length; input++)
        {
            Value x = pass.InputOf(this, input);
            Movement into = Into(x.Layout, first, out int length);
            ElementMove move = new(pass.Schedule, MethodStem + "ForwardOf" + Formulas.Number(input), optional: false, pass.SharesImages);
            if (input == 0)
                move.PlanPadding(into, x, y);
            move.Plan(into, x, y, $"y[{Part(first, length)}] = x");
            first += length;
        }
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        int first = 0;
        for (int input = 0; input < Inputs.Length; input++)
        {
            Value dx = pass.Fresh(this, input);
            Movement back = Into(dx.Layout, first, out int length).Inverse;
            ElementMove move = new(pass.Schedule, MethodStem + "BackwardOf" + Formulas.Number(input), pass.IsOptional(this, input), divides: false);
            move.PlanPadding(back, dy.Value, dx);
            move.Plan(back, dy.Value, dx, $"dx = dy[{Part(first, length)}]");
            pass.Contribute(this, input, dx);
            first += length;
        }
    }

    private Movement Into(TensorLayout layout, int first, out int length)
    {
        TensorShape part = new(layout.Channels, layout.Axes);
        length = part.Lengths[Place];
        return Movement.Into(part, Output, Place, first);
    }

    private string Part(int first, int length) => string.Join(", ", Output.Lengths.Select((whole, axis) =>
        axis == Place ? $"{Formulas.Number(first)}..{Formulas.Number(first + length)}" : Formulas.Number(whole)));
}
