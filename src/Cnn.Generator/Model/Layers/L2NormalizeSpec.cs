namespace Cnn.Generator.Model;

public sealed record L2NormalizeSpec : LayerSpec
{
    public override string Kind => "L2Normalize";

    /// <summary>As written: 1 the channels, 2 and on the positions, -1 the last.</summary>
    public required int Axis { get; init; }

    public required float Epsilon { get; init; }

    /// <summary>The axis as a number that is not negative.</summary>
    public int AxisOf(int rank) => Axis < 0 ? Axis + rank + 2 : Axis;

    /// <inheritdoc/>
    public override IEnumerable<ResolvedArgument> Resolve(ShapedLayer layer) =>
        [ResolvedArgument.Of("axis", AxisOf(layer.InputShape.Rank)), ResolvedArgument.Of("epsilon", Epsilon)];
}

internal sealed class L2NormalizeFactory() : SpecFactory("L2Normalize")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) =>
        new L2NormalizeSpec { Axis = arguments.Integer("Axis"), Epsilon = arguments.Real("Epsilon") };
}
