using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>
/// The sums of a weight's gradient at Winograd's points over all images. A unit is a part of the inputs at a row of points; who has one computes that
/// row's points of both factors for himself, so that nobody waits for another.
/// </summary>
public sealed record WinogradGradientBody : StepBody
{
    public required WinogradBatch Batch { get; init; }

    /// <summary>The input, with the height and width of the output.</summary>
    public required WinogradMapArgument InputMap { get; init; }

    /// <summary>The output's gradient.</summary>
    public required WinogradMapArgument GradientMap { get; init; }

    public override EquatableArray<StepOperand> Operands =>
    [
        new("x", Access.In), new("dy", Access.In), new("sums", Access.Out), new("points", Access.Scratch), new("gradients", Access.Scratch),
    ];

    public override RunNumbers Numbers => RunNumbers.Images | RunNumbers.Range;

    public override int Units => Batch.GradientUnits;

    public override ContractionBody Kernels => ContractionBody.Of(Batch.GradientProducts, "points", "gradients", "sums");
}
