using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>
/// The one form of every matrix-like kernel: c[rows, lanes] = start + sum over the reduction of a[rows, reduction] * b[reduction, lanes].
/// Convolution and linear layers, forward, input gradient and weight gradient, in any number of axes, are all instances of it.
/// </summary>
/// <remarks>
/// <c>a</c> is read as scalars that are broadcast (or, where <see cref="VectorOperand"/>, as vectors along the same lanes), <c>b</c> and <c>c</c> as vectors.
/// The order of the sum is the order of <see cref="Reduction"/>, whatever the tile and the instruction set.
/// </remarks>
public sealed record Contraction
{
    /// <summary>Outermost first. A count of <see cref="Images"/> is the number of images in the batch, known when it runs.</summary>
    public required EquatableArray<RowAxis> Rows { get; init; }

    /// <summary>Outermost first.</summary>
    public required EquatableArray<ReductionAxis> Reduction { get; init; }

    /// <summary>Groups of equal lane blocks.</summary>
    public required EquatableArray<LaneSection> Sections { get; init; }

    public required StartValue Start { get; init; }

    /// <summary>Whether start values are read.</summary>
    public bool HasStartValues => Start is StartValue.Vector or StartValue.Scalar;

    /// <summary>What is done to finished sums.</summary>
    public Epilogue Epilogue { get; init; } = Epilogue.None;

    /// <summary>Whether <c>a</c> is a vector along the lanes: a depthwise convolution.</summary>
    public bool VectorOperand { get; init; }

    /// <summary>Neighbouring lanes that read the same float of such a vector: the outputs of a group.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>
    /// How many of the outermost reduction axes are looped over outside the rows, keeping partial sums in <c>c</c>, so that a panel of <c>b</c> is reused
    /// from cache by all rows.
    /// </summary>
    public int PanelAxes { get; init; }

    /// <summary>Whether a row may be done only once, because the kernel adds to what is there.</summary>
    public bool RowsOnce => Start == StartValue.Previous || PanelAxes > 0;

    /// <summary>Whether lanes past the valid ones belong to somebody else and must be left alone; else they are stored as 0.</summary>
    public bool KeepsNeighbours { get; init; }

    /// <summary>How the work is cut into units that any worker may take.</summary>
    public UnitKind Units { get; init; } = UnitKind.None;

    /// <summary>
    /// Whether workers that share an image divide the rows of every lane block among them; else they divide the blocks as far as that is even,
    /// because a block's weights are then read by few.
    /// </summary>
    public bool DividesRows { get; init; }

    /// <summary>The row axes that units run over.</summary>
    public int OuterRowAxes => Units == UnitKind.LaneBlocksAndOuterRows ? Math.Max(0, Rows.Length - 1) : 0;

    /// <summary>Units in all.</summary>
    public int UnitCount
    {
        get
        {
            int count = Sections.Sum(static section => section.Blocks);
            for (int axis = 0; axis < OuterRowAxes; axis++)
                count *= Rows[axis].Count;
            return count;
        }
    }

    /// <summary>
    /// Whether <c>b</c> is so much that it comes from the third-level cache or from memory each time, in the order in which it lies there; what is read
    /// next is then asked for while there is arithmetic to do.
    /// </summary>
    public bool StreamsWeights { get; init; }

    /// <summary>
    /// The part of the outermost reduction axis that an index of the outermost row axis sums, where the rest is zeros; null where all of it is summed. That
    /// axis is inside the rows, or the outermost of the panels.
    /// </summary>
    public TapRange? OutermostTaps { get; init; }

    /// <summary>
    /// How tiles that are whole lines may sum, where much of it is zeros; null where all of it is summed, and in a text whose tiles are no lines.
    /// </summary>
    public LineTaps? Line { get; init; }

    /// <summary>
    /// Runs of rows, each of which all lane blocks pass over before the next one: where <c>a</c> is more than the second-level cache keeps, each block
    /// would read it from the third-level cache again.
    /// </summary>
    public int Strips { get; init; } = 1;

    /// <summary>Whether it needs to know how many images there are.</summary>
    public bool TakesImages => Rows.Any(static axis => axis.Count == Images) || Reduction.Any(static axis => axis.Count == Images);

    /// <summary>The count of an axis that runs over the images of the batch.</summary>
    public const int Images = -1;
}

/// <summary>One axis of the rows.</summary>
/// <param name="Count">Its length.</param>
/// <param name="AStride">Floats of <c>a</c> from one index to the next.</param>
/// <param name="CStride">Of <c>c</c>, in floats, or in lane-block widths where the section says so.</param>
/// <param name="StartStride">Of the start values, where each row has its own.</param>
/// <param name="ResidualStride">Of the residual, where the epilogue adds one; its lanes lie as those of <c>c</c>.</param>
public sealed record RowAxis(int Count, int AStride, int CStride, int StartStride = 0, int ResidualStride = 0);

/// <summary>One axis of the reduction.</summary>
/// <param name="Count">Its length.</param>
/// <param name="AStride">Floats of <c>a</c> from one index to the next.</param>
/// <param name="BStride">Of <c>b</c>, in floats, or in lane-block widths where the section says so.</param>
public sealed record ReductionAxis(int Count, int AStride, int BStride);

/// <summary>Equal blocks of lanes that share one text.</summary>
public sealed record LaneSection
{
    public required int Blocks { get; init; }

    /// <summary>Lanes that the section covers: 8, or a multiple of 16.</summary>
    public required int Width { get; init; }

    /// <summary>Whether whole vectors of the widest set fill it; else narrower ones do its lanes.</summary>
    public bool FillsWidest => Width % Targets.Widest.Lanes == 0;

    /// <summary>Lanes of the block that hold channels; the others are padding.</summary>
    public required int ValidLanes { get; init; }

    public required int AOffset { get; init; }

    public int ABlockStep { get; init; }

    /// <summary>Where lanes repeat floats of <c>a</c>: how many that read the first one lie before the section.</summary>
    public int RepeatsBefore { get; init; }

    public required int BOffset { get; init; }

    public required int BBlockStep { get; init; }

    /// <summary>What <see cref="ReductionAxis.BStride"/> is multiplied with: the width where <c>b</c> is stored in blocks, else 1.</summary>
    public required int BUnit { get; init; }

    public required int COffset { get; init; }

    public required int CBlockStep { get; init; }

    /// <summary>What <see cref="RowAxis.CStride"/> is multiplied with: the width where <c>c</c> is stored in blocks, else 1.</summary>
    public required int CUnit { get; init; }

    /// <summary>Offset of the first block's start values.</summary>
    public int StartOffset { get; init; }

    public int StartBlockStep { get; init; }

    /// <summary>One block whose <c>b</c> and <c>c</c> are stored row by row.</summary>
    public static LaneSection Plain(int width) => new()
    {
        Blocks = 1,
        Width = width,
        ValidLanes = width,
        AOffset = 0,
        BOffset = 0,
        BBlockStep = 0,
        BUnit = 1,
        COffset = 0,
        CBlockStep = 0,
        CUnit = 1,
    };

    /// <summary>One of its blocks as a section of its own.</summary>
    public LaneSection At(int block) => this with
    {
        Blocks = 1,
        AOffset = AOffset + (block * ABlockStep),
        BOffset = BOffset + (block * BBlockStep),
        COffset = COffset + (block * CBlockStep),
        StartOffset = StartOffset + (block * StartBlockStep),
    };
}

/// <summary>What the sums start from.</summary>
public enum StartValue
{
    Zero,

    /// <summary>One vector along the lanes, the same for every row: the bias.</summary>
    Vector,

    /// <summary>One scalar for each row: the bias, where channels are rows.</summary>
    Scalar,

    /// <summary>What <c>c</c> holds, or zero for the first image: the kernel accumulates.</summary>
    Previous,
}

/// <summary>How a kernel's work may be shared.</summary>
public enum UnitKind
{
    /// <summary>One call does all of it, inside a loop over images; or one part of it, where several workers share an image.</summary>
    None,

    /// <summary>A unit is a lane block.</summary>
    LaneBlocks,

    /// <summary>A unit is a lane block and one index of every row axis but the last.</summary>
    LaneBlocksAndOuterRows,
}
