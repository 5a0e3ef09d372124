using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>How one image's tensor lies in memory: channels last, each position padded to a pitch, with a border of zeros around the axes.</summary>
/// <remarks>
/// Channels are last because every vector lane then holds a channel: no kernel gathers, and a sum over inputs is never split over lanes, so that all
/// instruction sets add in the same order. The border makes the padding of a convolution cost no code.
/// </remarks>
public sealed record TensorLayout
{
    public required int Channels { get; init; }

    /// <summary>Floats from one position to the next: the channels, rounded up unless no kernel has them in its lanes.</summary>
    public required int Pitch { get; init; }

    /// <summary>Lengths without the border, outermost first.</summary>
    public required EquatableArray<int> Axes { get; init; }

    public required EquatableArray<int> BorderBegin { get; init; }

    public required EquatableArray<int> BorderEnd { get; init; }

    /// <summary>Floats of which half is worth the way from one core to another: what a kernel does with them takes longer than the workers' meeting.</summary>
    private const int WorthDividing = 4096;

    public int Positions => Axes.Aggregate(1, static (product, axis) => product * axis);

    /// <summary>Whether workers that do one image together had better divide what is done to each element.</summary>
    public bool IsWorthDividing => Axes.Length > 0 && Axes[0] > 1 && Positions * Pitch >= WorthDividing;

    public bool HasBorder => BorderBegin.Any(static border => border > 0) || BorderEnd.Any(static border => border > 0);

    /// <summary>Floats of one image, border included; a map is rounded up so that every image starts on a cache line, vectors lie like a matrix.</summary>
    public int Size => Axes.Length == 0 ? Pitch : RoundUp(RawSize, Targets.LineFloats);

    /// <summary>Floats from one index of an axis to the next.</summary>
    public int Stride(int axis)
    {
        int stride = Pitch;
        for (int inner = Axes.Length - 1; inner > axis; inner--)
            stride *= Axes[inner] + BorderBegin[inner] + BorderEnd[inner];
        return stride;
    }

    /// <summary>Where position 0 stands.</summary>
    public int Interior
    {
        get
        {
            int offset = 0;
            for (int axis = 0; axis < Axes.Length; axis++)
                offset += BorderBegin[axis] * Stride(axis);
            return offset;
        }
    }

    /// <summary>Floats of one image before rounding.</summary>
    public int RawSize => Axes.Length == 0 ? Pitch : Stride(0) * (Axes[0] + BorderBegin[0] + BorderEnd[0]);

    public static int RoundUp(int value, int quantum) => (value + quantum - 1) / quantum * quantum;

    /// <summary>A layout without border.</summary>
    public static TensorLayout Plain(TensorShape shape) => Bordered(shape, Zeros(shape.Rank), Zeros(shape.Rank));

    public static TensorLayout Bordered(TensorShape shape, EquatableArray<int> begin, EquatableArray<int> end) => new()
    {
        Channels = shape.Channels,
        Pitch = LaneBlocks.Lanes(shape.Channels),
        Axes = shape.Axes,
        BorderBegin = begin,
        BorderEnd = end,
    };

    public static EquatableArray<int> Zeros(int rank) => new int[rank].ToEquatableArray();

    /// <summary>The axes that are left to loop over when inner axes that are contiguous in every layout are merged into one run of positions.</summary>
    /// <param name="layouts">Layouts with equal axes.</param>
    /// <param name="fewest">How many axes are left at least.</param>
    /// <param name="positions">Positions that are contiguous in all of them.</param>
    public static int OuterAxes(IReadOnlyList<TensorLayout> layouts, int fewest, out int positions)
    {
        int axis = layouts[0].Axes.Length;
        int merged = 1;
        while (axis > fewest && layouts.All(layout => layout.Stride(axis - 1) == layout.Pitch * merged))
            merged *= layouts[0].Axes[--axis];
        positions = merged;
        return axis;
    }
}
