namespace Cnn.Generator.Model;

/// <summary>Blocks of channels that become blocks of positions, or the way back.</summary>
public sealed record PixelShuffleSpec : LayerSpec
{
    public override string Kind => Gathers ? "PixelUnshuffle" : "PixelShuffle";

    /// <summary>Whether positions become channels.</summary>
    public bool Gathers { get; init; }

    /// <summary>Positions of a block along each axis.</summary>
    public required int Factor { get; init; }

    /// <summary>Whether the channels of one place in a block lie side by side, and not the places of one channel.</summary>
    public bool DepthFirst { get; init; }

    /// <summary>Positions of a block; a number that is too large for any tensor where it has no end.</summary>
    public long BlockLength(int rank)
    {
        long length = 1;
        for (int axis = 0; axis < rank && length <= int.MaxValue; axis++)
            length *= Factor;
        return length;
    }

    /// <inheritdoc/>
    public override IEnumerable<ResolvedArgument> Resolve(ShapedLayer layer) =>
        [ResolvedArgument.Of("factor", Factor), ResolvedArgument.Of("depthFirst", DepthFirst)];
}

internal sealed class PixelShuffleFactory() : SpecFactory("PixelShuffle", "PixelUnshuffle")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) => new PixelShuffleSpec
    {
        Gathers = kind == "PixelUnshuffle",
        Factor = arguments.Integer("Factor"),
        DepthFirst = arguments.Flag("DepthFirst"),
    };
}
