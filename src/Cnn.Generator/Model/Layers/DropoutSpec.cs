namespace Cnn.Generator.Model;

public sealed record DropoutSpec : LayerSpec
{
    public override string Kind => "Dropout";

    /// <inheritdoc/>
    public override bool IsElementWise => true;

    public required float Probability { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<ResolvedArgument> Resolve(ShapedLayer layer) => [ResolvedArgument.Of("probability", Probability)];
}

internal sealed class DropoutFactory() : SpecFactory("Dropout")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) => new DropoutSpec { Probability = arguments.Real("Probability") };
}
