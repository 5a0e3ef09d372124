using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>Norms of a predictor that no weight takes in, one after the other, as one scale and one shift a channel.</summary>
public sealed record ScaleShiftNode : Node
{
    /// <summary>In the order in which they run.</summary>
    public required EquatableArray<FoldedNorm> Norms { get; init; }

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass) =>
        Plan(pass, this, pass.InPlaceOr(this, keepsInput: false), pass.Places.Scale(this), pass.Places.Shift(this));

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy) => throw new InvalidOperationException("A trainer keeps its norms.");

    /// <summary>In a predictor's graph.</summary>
    internal static ScaleShiftNode Of(NodeSite site, FoldedNorm norm) =>
        new() { Layer = site.Layer, Inputs = site.Inputs, Input = site.Input, Output = site.Input, Norms = [norm] };

    /// <summary>y = x * scale + shift.</summary>
    public static void Plan(ForwardPass pass, Node node, Value y, Address scale, Address shift)
    {
        Value x = pass.InputOf(node);
        KernelCall call = KernelCall.Of(RuntimeKernel.ScaleShift).In("x", x).In("scale", scale).In("shift", shift).Out("y", y).Positions().Pitch();
        pass.Call(node, "Forward", $"y[{Formulas.Dimensions(node.Output)}] = x * scale + shift, per channel", call, divides: true);
    }
}
