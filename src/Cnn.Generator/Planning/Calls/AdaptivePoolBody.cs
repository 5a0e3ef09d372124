using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>Means over windows that are not all equally long: window i goes from floor(i length / size) to ceil((i + 1) length / size).</summary>
public sealed record AdaptivePoolBody : StepBody
{
    public required bool Backward { get; init; }

    /// <summary>The input, or its gradient.</summary>
    public required TensorLayout Large { get; init; }

    /// <summary>The output, or its gradient.</summary>
    public required TensorLayout Small { get; init; }

    public override EquatableArray<StepOperand> Operands =>
        Backward ? [new("dy", Access.In), new("dx", Access.InOut)] : [new("x", Access.In), new("y", Access.Out)];
}
