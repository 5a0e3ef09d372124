using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Elements of one or several inputs go to places in the output: the gradient goes the same way back, and is zero for what was left out.</summary>
public sealed record RearrangementNode : Node
{
    /// <summary>For each input, its way to the output, in planar order; together they reach all of it.</summary>
    public required EquatableArray<Movement> Movements { get; init; }

    /// <summary>Whether the output is the input.</summary>
    public bool MovesNothing => Movements.Length == 1 && Input == Output && Movements[0].Count == Input.Length && Movements[0].IsInOrder;

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        TensorLayout layout = pass.LayoutOf(Value);
        Value first = pass.InputOf(this);
        if (Movements.Length == 1 && ElementMove.IsInPlace(Movements[0], first.Layout, layout))
        {
            pass.MadeView(this, new Value(first.Tensor, layout));
            return;
        }

        Value y = pass.Fresh(this);
        Value[] inputs = [.. Inputs.Select((_, input) => pass.InputOf(this, input))];
        if (!inputs.Select((x, input) => ElementMove.ReachesPadding(Movements[input], x.Layout, y.Layout)).All(static reaches => reaches))
            Move(pass.Schedule, "Forward", optional: false, divides: false).PlanPadding(y);
        for (int input = 0; input < inputs.Length; input++)
        {
            TensorLayout from = inputs[input].Layout;
            string formula = $"y[{Formulas.Dimensions(Output)}] = x[{Formulas.Dimensions(Shape(from))}], {Describe(input, from)}";
            Move(pass.Schedule, "Forward" + OfInput(input), optional: false, pass.SharesImages).Plan(Movements[input], inputs[input], y, formula);
        }
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        for (int input = 0; input < Inputs.Length; input++)
            PlanBackward(pass, dy, input);
    }

    private void PlanBackward(BackwardPass pass, Gradient dy, int input)
    {
        bool optional = pass.IsOptional(this, input);
        Movement back = Movements[input].Inverse;
        TensorLayout layout = pass.GradientLayout(Inputs[input]);
        if (Inputs.Length == 1 && ElementMove.IsInPlace(back, dy.Layout, layout))
        {
            pass.Contribute(this, input, new Value(dy.Value.Tensor, layout), dy.IsShared);
            return;
        }

        Value dx = pass.Fresh(this, input);
        ElementMove move = Move(pass.Schedule, "Backward" + OfInput(input), optional, divides: false);
        if (back.Count < Shape(layout).Length)
            pass.Clear(MethodStem + "ClearGradient" + OfInput(input), "zeros, for what is left out", dx, optional);
        else if (!ElementMove.ReachesPadding(back, dy.Layout, layout))
            move.PlanPadding(dx);
        move.Plan(back, dy.Value, dx, "dx = dy, each element where it came from");
        pass.Contribute(this, input, dx);
    }

    private ElementMove Move(ScheduleBuilder schedule, string suffix, bool optional, bool divides) => new(schedule, MethodStem + suffix, optional, divides);

    private string OfInput(int input) => Inputs.Length == 1 ? string.Empty : "Of" + Formulas.Number(input);

    private string Describe(int input, TensorLayout layout)
    {
        string order = Movements[input] with { Target = 0 } is { IsInOrder: true } ? "in planar order" : "in another order";
        return Inputs.Length > 1 ? $"which is a part of y, {order}"
            : Movements[input].Count < Shape(layout).Length ? "a part of it" : order;
    }

    private static TensorShape Shape(TensorLayout layout) => new(layout.Channels, layout.Axes);
}

internal sealed class PermuteNodeFactory : NodeFactory<PermuteSpec>
{
    public override Node? Make(NodeSite site)
    {
        int[] places = [.. ((PermuteSpec)site.Layer.Spec).Places(site.Input)];
        int[] distances = Movement.Distances(site.Input);
        return places.SequenceEqual(Enumerable.Range(0, places.Length)) ? null
            : RearrangementNodes.Of(site, Movement.View(0, [.. places.Select(place => (site.Input.Lengths[place], distances[place]))]));
    }
}

internal sealed class ReshapeNodeFactory : NodeFactory<ReshapeSpec>
{
    public override Node? Make(NodeSite site) =>
        site.Output == site.Input || (site.Output.Rank == 0 && site.IsReadAsItLies()) ? null : RearrangementNodes.Of(site, Movement.InOrder(site.Input.Length));
}

internal sealed class SliceNodeFactory : NodeFactory<SliceSpec>
{
    public override Node? Make(NodeSite site)
    {
        SliceSpec slice = (SliceSpec)site.Layer.Spec;
        int place = AxisNumber.Place(slice.Axis, site.Input);
        (int first, int count) = slice.Range(site.Input.Lengths[place]);
        int[] distances = Movement.Distances(site.Input);
        return count == site.Input.Lengths[place] && first == 0 ? null : RearrangementNodes.Of(site, Movement.View(
            first * distances[place],
            [.. site.Input.Lengths.Select((length, axis) => axis == place ? (count, slice.Step * distances[axis]) : (length, distances[axis]))]));
    }
}

internal static class RearrangementNodes
{
    public static RearrangementNode Of(NodeSite site, params Movement[] movements) => new()
    {
        Layer = site.Layer,
        Inputs = site.Inputs,
        Input = site.Input,
        Output = site.Output,
        Movements = movements.ToEquatableArray(),
    };
}
