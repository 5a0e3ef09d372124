namespace Cnn.Generator.Planning;

/// <summary>
/// How a weight of PyTorch's shape <c>[groups * outputs, inputs, taps]</c> is packed: per group, blocks of output lanes, each
/// <c>[tap][input][lane]</c>.
/// </summary>
/// <remarks>The layout depends on the layer alone, never on the instruction set, so that gradients and files mean the same everywhere.</remarks>
public sealed record WeightLayout
{
    public required int Groups { get; init; }

    /// <summary>Outputs of one group.</summary>
    public required int Outputs { get; init; }

    /// <summary>Inputs of one group.</summary>
    public required int Inputs { get; init; }

    /// <summary>Elements of the kernel.</summary>
    public required int Taps { get; init; }

    /// <summary>The layout of one number a channel.</summary>
    public static WeightLayout Vector(int channels) => new() { Groups = 1, Outputs = channels, Inputs = 1, Taps = 1 };

    /// <summary>Outputs of one group rounded up to whole vectors.</summary>
    public int Lanes => LaneBlocks.Lanes(Outputs);

    /// <summary>Whether all lanes are one block, so that the packing lies as a map does: [tap][lane].</summary>
    public bool IsOneBlock { get; init; }

    /// <summary>Whether files have inputs before outputs, <c>[groups * inputs, outputs, taps]</c>, as those of a transposed convolution.</summary>
    public bool InputsFirst { get; init; }

    /// <summary>Lanes of a block; the last block of a group may be narrower.</summary>
    public int Block => IsOneBlock ? Lanes : LaneBlocks.Width(Lanes);

    /// <summary>Rows of one block.</summary>
    public int Rows => Taps * Inputs;

    public int GroupSize => Rows * Lanes;

    public int Size => Groups * GroupSize;

    /// <summary>Whether it is too much to stay in the second-level cache until it is used again, for the next image.</summary>
    public bool Streams => Size > ReferenceCore.KeptFloats;
}

/// <summary>The width of the blocks in which lanes are stored.</summary>
public static class LaneBlocks
{
    /// <summary>
    /// Channels rounded up to whole vectors: of 8 lanes where they are few, of 16 where 8 more lanes cost next to nothing and a text for the last 8
    /// lanes would.
    /// </summary>
    public static int Lanes(int channels) => TensorLayout.RoundUp(channels, channels <= Widest ? Narrow : Targets.Widest.Lanes);

    /// <summary>The widest blocks that leave nothing over; failing that, what is left over is a block of its own, whose rows then lie together.</summary>
    public static int Width(int lanes)
    {
        if (lanes < Targets.Widest.Lanes)
            return lanes;
        if (lanes <= Widest)
            return lanes / Targets.Widest.Lanes * Targets.Widest.Lanes;
        return lanes % Widest == 0 ? Widest : 48;
    }

    /// <summary>A weight in blocks of which none ends within a run of so many lanes that belong together: where they would, all are one block.</summary>
    public static WeightLayout Apart(WeightLayout weight, int run) => weight.Block % run == 0 ? weight : weight with { IsOneBlock = true };

    /// <summary>A vector of half the widest set's lanes.</summary>
    public static int Narrow => Targets.Widest.Lanes / 2;

    private const int Widest = 64;
}
