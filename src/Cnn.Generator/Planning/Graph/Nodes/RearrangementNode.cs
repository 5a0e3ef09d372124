using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Elements go to other places, or some of them do: the gradient goes the same way back, and is zero for what was left out.</summary>
public sealed record RearrangementNode : Node
{
    /// <summary>From the input to the output in planar order.</summary>
    public required Movement Movement { get; init; }

    /// <inheritdoc/>
    public override Movement? Moves => Movement;

    /// <summary>Whether the output is the input.</summary>
    public bool MovesNothing => Input == Output && Movement.Count == Input.Length && Movement.IsInOrder;

    /// <summary>Two movements in a row as one; null where that would not be fewer moves.</summary>
    public static RearrangementNode? Of(Node first, Movement begin, Node second, Movement end)
    {
        if (begin.Then(end) is not { } both || both.Between(TensorLayout.Plain(first.Input), TensorLayout.Plain(second.Output)) is null)
            return null;
        return new RearrangementNode
        {
            Layer = first.Layer,
            Inputs = first.Inputs,
            Input = first.Input,
            Output = second.Output,
            Index = first.Index,
            Value = first.Value,
            Movement = both,
        };
    }

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        TensorLayout layout = pass.LayoutOf(Value);
        if (ElementMove.IsInPlace(Movement, x.Layout, layout))
        {
            pass.MadeView(this, new Value(x.Tensor, layout));
            return;
        }

        Value y = pass.Fresh(this);
        ElementMove move = new(pass.Schedule, MethodStem + "Forward", optional: false, pass.SharesImages);
        move.PlanPadding(Movement, x, y);
        move.Plan(Movement, x, y, $"y[{Formulas.Dimensions(Output)}] = x[{Formulas.Dimensions(Input)}], {Describe}");
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        bool optional = pass.IsOptional(this);
        Movement back = Movement.Inverse;
        TensorLayout layout = pass.GradientLayout(Inputs[0]);
        if (ElementMove.IsInPlace(back, dy.Layout, layout))
        {
            pass.Contribute(this, 0, new Value(dy.Value.Tensor, layout), dy.IsShared);
            return;
        }

        Value dx = pass.Fresh(this);
        ElementMove move = new(pass.Schedule, MethodStem + "Backward", optional, divides: false);
        if (Movement.Count < Input.Length)
            pass.Clear(MethodStem + "ClearGradient", "zeros, for what is left out", dx, optional);
        else
            move.PlanPadding(back, dy.Value, dx);
        move.Plan(back, dy.Value, dx, "dx = dy, each element where it came from");
        pass.Contribute(this, 0, dx);
    }

    private string Describe => Movement.Count < Input.Length ? "a part of it" : Movement.IsInOrder ? "in planar order" : "in another order";
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
    public static RearrangementNode Of(NodeSite site, Movement movement) => new()
    {
        Layer = site.Layer,
        Inputs = site.Inputs,
        Input = site.Input,
        Output = site.Output,
        Movement = movement,
    };
}
