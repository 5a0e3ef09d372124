using Cnn.Definitions;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>An operation on two values, element by element; axes of length 1, the channels among them, are repeated.</summary>
public sealed record BinaryNode : FinishingNode
{
    /// <summary>What a gradient is that an operation hands on as it is.</summary>
    private const string SameGradient = "dy";

    private BinaryDefinition Operation => ((BinarySpec)Layer.Spec).Definition;

    /// <summary>Whether it adds; operands may still be repeated.</summary>
    public bool IsSum => Layer.Spec.Kind == BinarySpec.Add;

    /// <inheritdoc/>
    public override bool HasFreeRegisters => true;

    /// <inheritdoc/>
    public override bool FinishesResiduals => false;

    /// <summary>Of sums; whether operands are repeated is for the fusion to see.</summary>
    public override bool FinishesActivations => IsSum;

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value a = pass.InputOf(this);
        Value b = pass.InputOf(this, 1);
        Value y = pass.InPlaceOr(this, keepsInput: pass.Training && Operation.NeedsOperands);
        Broadcast broadcast = new(Output);
        bool isPlain = broadcast.IsWhole(a.Layout) && broadcast.IsWhole(b.Layout);
        KernelCall call = (isPlain, IsSum, Epilogue.IsEmpty) switch
        {
            (true, true, true) => KernelCall.Of(RuntimeKernel.Add).In("a", a).In("b", b).Out("y", y).Run(),
            (true, true, false) => KernelCall.Of(RuntimeKernel.Finish).Argue(new EpilogueArgument(new Epilogue([new ResidualStep(), .. Epilogue.Steps])))
                .In("a", a).In("b", b).Out("y", y).Run(),
            _ => broadcast.Forward(Operation.Struct, a, b, y),
        };
        pass.Call(this, "Forward", $"y[{Formulas.Dimensions(Output)}] = {Formulas.Finished(Epilogue, Operation.Forward)}", call,
            divides: isPlain || y.Layout.IsWorthDividing);
        if (!isPlain || !IsSum)
            PlanRest(pass, Epilogue, y);
        if (pass.Training && Operation.IsPartial)
            pass.ClearLanes(MethodStem, y);
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        Value a = pass.Forward.InputOf(this);
        Value b = pass.Forward.InputOf(this, 1);
        if (Fused is not null)
            dy = new Gradient(pass.BeforeActivation(this, dy, TensorLayout.Plain(Output)), IsShared: false);
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
