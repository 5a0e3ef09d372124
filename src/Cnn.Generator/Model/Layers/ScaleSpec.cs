namespace Cnn.Generator.Model;

public sealed record ScaleSpec : LayerSpec
{
    public override string Kind => "Scale";

    /// <summary>Whether there is a factor.</summary>
    public required bool Factor { get; init; }

    /// <summary>Whether there is a summand.</summary>
    public required bool Bias { get; init; }

    public ScaleOver Over { get; init; }

    /// <summary>What the factor starts as.</summary>
    public float Start { get; init; } = 1;

    /// <inheritdoc/>
    public override IEnumerable<ResolvedArgument> Resolve(ShapedLayer layer) => [ResolvedArgument.Of("perChannel", Over == ScaleOver.Channels)];
}

/// <summary>What has a factor and a summand of its own, as the runtime's enumeration.</summary>
public enum ScaleOver
{
    Channels,
    Positions,
    Elements,
}

internal sealed class ScaleFactory() : SpecFactory("Scale")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) => new ScaleSpec
    {
        Factor = arguments.Flag("Factor"),
        Bias = arguments.Flag("Bias"),
        Over = (ScaleOver)arguments.Member("Over"),
        Start = arguments.Real("Start"),
    };
}
