using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>Writes zeros into a tensor's border.</summary>
public sealed record BorderBody : StepBody
{
    public required TensorLayout Layout { get; init; }

    public override EquatableArray<StepOperand> Operands => [new("y", Access.Border)];
}
