using Cnn.Definitions;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>An operation on two values, element by element; axes of length 1, the channels among them, are repeated.</summary>
public sealed record BinaryNode : Node
{
    /// <summary>What a gradient is that an operation hands on as it is.</summary>
    private const string SameGradient = "dy";

    private BinaryDefinition Operation => ((BinarySpec)Layer.Spec).Definition;

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value a = pass.InputOf(this);
        Value b = pass.InputOf(this, 1);
        Value y = pass.InPlaceOr(this, keepsInput: pass.Training && Operation.NeedsOperands);
        Broadcast broadcast = new(Output);
        bool isPlain = broadcast.IsWhole(a.Layout) && broadcast.IsWhole(b.Layout);
        KernelCall call = isPlain && Layer.Spec.Kind == BinarySpec.Add
            ? KernelCall.Of(RuntimeKernel.Add).In("a", a).In("b", b).Out("y", y).Run()
            : broadcast.Forward(Operation.Struct, a, b, y);
        pass.Call(this, "Forward", $"y[{Formulas.Dimensions(Output)}] = {Operation.Forward}", call, divides: isPlain || y.Layout.IsWorthDividing);
        if (pass.Training && Operation.IsPartial)
            pass.ClearLanes(MethodStem, y);
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        Value a = pass.Forward.InputOf(this);
        Value b = pass.Forward.InputOf(this, 1);
        Broadcast broadcast = new(Output);
        for (int input = 0; input < 2; input++)
        {
            string formula = input == 0 ? Operation.First : Operation.Second;
            bool isWhole = broadcast.IsWhole(input == 0 ? a.Layout : b.Layout);
            if (isWhole && formula == SameGradient)
            {
                pass.Contribute(this, input, dy.Value, isShared: true);
                continue;
            }

            Value dx = pass.Fresh(this, input);
            bool optional = pass.IsOptional(this, input);
            string operand = input == 0 ? "a" : "b";
            if (!isWhole)
            {
                pass.Clear(MethodStem + "ClearGradient", "zeros to add to", dx, optional);
                formula += $", summed over what {operand} is repeated for";
            }

            KernelCall call = broadcast.Gradient(Operation.Struct, isFirst: input == 0, dy.Value, a, b, dx);
            pass.Schedule.PerImage(call.Step(MethodStem + "Backward", $"d{operand} = {formula}"), optional);
            if (Operation.IsPartial)
                pass.ClearLanes(MethodStem, dx, optional);
            pass.Contribute(this, input, dx);
        }
    }
}

internal sealed class BinaryNodeFactory : NodeFactory<BinarySpec>
{
    public override Node Make(NodeSite site) => new BinaryNode { Layer = site.Layer, Inputs = site.Inputs, Input = site.Input, Output = site.Output };
}
