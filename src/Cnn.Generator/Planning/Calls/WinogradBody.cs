using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>A convolution of all images by Winograd's tiles, the units of which are tiles: points, products and outputs of one strip after the other.</summary>
public sealed record WinogradBody : StepBody
{
    public required WinogradBatch Batch { get; init; }

    /// <summary>The input, with the height and width of the output.</summary>
    public required WinogradMapArgument InputMap { get; init; }

    /// <summary>What the epilogue adds; null for nothing.</summary>
    public required WinogradMapArgument? ResidualMap { get; init; }

    public required WinogradMapArgument OutputMap { get; init; }

    /// <summary>What is done to a finished sum.</summary>
    public required Epilogue Epilogue { get; init; }

    public required bool HasBias { get; init; }

    public override EquatableArray<StepOperand> Operands =>
    [
        new("x", Access.In), new("w", Access.In), .. HasBias ? [new StepOperand("b", Access.In)] : Array.Empty<StepOperand>(),
        .. ResidualMap is null ? [] : new[] { new StepOperand(ContractionBody.Residual, Access.In) }, new("y", Access.Out),
        new("points", Access.Scratch), new("products", Access.Scratch),
    ];

    public override RunNumbers Numbers => RunNumbers.Range;

    /// <inheritdoc/>
    public override int Units => Batch.Tiles;

    /// <inheritdoc/>
    public override bool HasUnitsOfEachImage => true;

    public override ContractionBody Kernels => ContractionBody.Of(Batch.Products, "points", "w", "products");
}
