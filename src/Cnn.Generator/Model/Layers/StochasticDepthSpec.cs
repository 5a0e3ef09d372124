namespace Cnn.Generator.Model;

public sealed record StochasticDepthSpec : LayerSpec
{
    public override string Kind => "StochasticDepth";

    /// <inheritdoc/>
    public override bool IsElementWise => true;

    public required float Probability { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<ResolvedArgument> Resolve(ShapedLayer layer) => [ResolvedArgument.Of("probability", Probability)];
}

internal sealed class StochasticDepthFactory() : SpecFactory("StochasticDepth")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) => new StochasticDepthSpec { Probability = arguments.Real("Probability") };
}
