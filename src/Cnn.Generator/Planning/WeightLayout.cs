namespace Cnn.Generator.Planning;

/// <summary>How a weight of PyTorch's shape <c>[groups * outputs, inputs, taps]</c> is packed: per group, blocks of output lanes, each <c>[tap][input][lane]</c>.</summary>
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

    /// <summary>Outputs of one group rounded up to whole vectors.</summary>
    public int Lanes => TensorLayout.RoundUp(Outputs, TensorLayout.LaneQuantum);

    /// <summary>Lanes of a block; the last block of a group may be narrower.</summary>
    public int Block => LaneBlocks.Width(Lanes);

    /// <summary>Rows of one block.</summary>
    public int Rows => Taps * Inputs;

    public int GroupSize => Rows * Lanes;

    public int Size => Groups * GroupSize;
}

/// <summary>The width of the blocks in which lanes are stored.</summary>
public static class LaneBlocks
{
    /// <summary>Up to 64 lanes are one block; more are cut where the least is left over, wide blocks first.</summary>
    public static int Width(int lanes)
    {
        if (lanes <= 64)
            return lanes;
        foreach (int width in (int[])[64, 48])
        {
            if (lanes % width == 0)
                return width;
        }

        return 48;
    }
}
