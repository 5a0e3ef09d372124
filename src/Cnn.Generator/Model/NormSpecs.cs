using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

/// <summary>A norm over values of one image, the same in a trainer and a predictor.</summary>
public abstract record ImageNormSpec : LayerSpec
{
    public float Epsilon { get; init; } = 1e-5f;

    public bool Affine { get; init; } = true;

    /// <summary>Into how many groups the channels are split, each with statistics of its own.</summary>
    public abstract int GroupsOf(int channels);
}

public sealed record LayerNormSpec : ImageNormSpec
{
    public override string Kind => "LayerNorm";

    public override int GroupsOf(int channels) => 1;
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
}

public sealed record LocalResponseNormSpec : LayerSpec
{
    public override string Kind => "LocalResponseNorm";

    public required int Size { get; init; }

    public float Alpha { get; init; } = 1e-4f;

    public float Beta { get; init; } = 0.75f;

    public float K { get; init; } = 1f;
}

public sealed record NormalizeSpec : LayerSpec
{
    public override string Kind => "Normalize";

    public EquatableArray<float> Mean { get; init; }

    public EquatableArray<float> Deviation { get; init; }
}
