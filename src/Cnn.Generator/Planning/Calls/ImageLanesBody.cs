using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>The input gradient of a linear layer, with images in the lanes.</summary>
public sealed record ImageLanesBody : StepBody
{
    public required ImageLanes Lanes { get; init; }

    public override EquatableArray<StepOperand> Operands =>
        [new("dy", Access.In), new("w", Access.In), new("dx", Access.Out), new("dyLanes", Access.Scratch), new("sums", Access.Scratch)];

    public override RunNumbers Numbers => RunNumbers.Images | RunNumbers.Range;

    public override int Units => Lanes.Parts;

    public override ContractionBody Kernels => ContractionBody.Of(Lanes.Kernel, "w", "dy", "dx");
}
