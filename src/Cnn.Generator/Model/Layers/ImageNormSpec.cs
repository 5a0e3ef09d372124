namespace Cnn.Generator.Model;

/// <summary>A norm over values of one image, the same in a trainer and a predictor.</summary>
public abstract record ImageNormSpec : LayerSpec
{
    public float Epsilon { get; init; }

    public bool Affine { get; init; }

    /// <summary>Into how many groups the channels are split, each with statistics of its own.</summary>
    public abstract int GroupsOf(int channels);

    /// <inheritdoc/>
    public override IEnumerable<ResolvedArgument> Resolve(ShapedLayer layer) => [ResolvedArgument.Of("epsilon", Epsilon)];
}

public sealed record LayerNormSpec : ImageNormSpec
{
    public override string Kind => "LayerNorm";

    /// <summary>Whether it is over the channels of each position, and not over everything.</summary>
    public bool ChannelsOnly { get; init; }

    public override int GroupsOf(int channels) => 1;

    /// <inheritdoc/>
    public override IEnumerable<ResolvedArgument> Resolve(ShapedLayer layer) => ChannelsOnly
        ? [.. base.Resolve(layer), ResolvedArgument.Of("channelsOnly", true)]
        : base.Resolve(layer);
}

public sealed record InstanceNormSpec : ImageNormSpec
{
    public override string Kind => "InstanceNorm";

    public override int GroupsOf(int channels) => channels;
}

public sealed record GroupNormSpec : ImageNormSpec
{
    public override string Kind => "GroupNorm";

    public required int Groups { get; init; }

    public override int GroupsOf(int channels) => Groups;

    /// <inheritdoc/>
    public override IEnumerable<ResolvedArgument> Resolve(ShapedLayer layer) => [ResolvedArgument.Of("groups", Groups), .. base.Resolve(layer)];
}

internal sealed class ImageNormFactory() : SpecFactory("LayerNorm", "InstanceNorm", "GroupNorm")
{
    public override LayerSpec Create(string kind, LayerArguments arguments)
    {
        ImageNormSpec norm = kind switch
        {
            "LayerNorm" => new LayerNormSpec { ChannelsOnly = arguments.Flag("ChannelsOnly") },
            "InstanceNorm" => new InstanceNormSpec(),
            _ => new GroupNormSpec { Groups = arguments.Integer("Groups") },
        };
        return norm with { Epsilon = arguments.Real("Epsilon"), Affine = arguments.Flag("Affine") };
    }
}
