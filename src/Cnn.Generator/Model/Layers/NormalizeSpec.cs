using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

public sealed record NormalizeSpec : LayerSpec
{
    public override string Kind => "Normalize";

    public EquatableArray<float> Mean { get; init; }

    public EquatableArray<float> Deviation { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<ResolvedArgument> Resolve(ShapedLayer layer) =>
        [ResolvedArgument.Of("mean", Mean), ResolvedArgument.Of("deviation", Deviation)];
}

internal sealed class NormalizeFactory() : SpecFactory("Normalize")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) =>
        new NormalizeSpec { Mean = arguments.Reals("Mean"), Deviation = arguments.Reals("Deviation") };
}
