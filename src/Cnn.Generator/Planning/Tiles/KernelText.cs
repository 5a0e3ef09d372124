using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>One text of a kernel: the loops of a contraction's lane section as they are written for so many registers.</summary>
/// <param name="Kernel">The contraction, its reduction cut into panels.</param>
/// <param name="Tile">What is accumulated at once.</param>
/// <param name="Cycles">What the whole is estimated to take, on the <see cref="ReferenceCore"/>.</param>
public sealed record KernelText(Contraction Kernel, Tile Tile, double Cycles)
{
    /// <summary>A second text must be faster than the first by this factor.</summary>
    private const double WorthWhile = 1.02;

    /// <summary>Of an axis that is shared: two workers then differ by one tile in seven at most.</summary>
    private const int EnoughTiles = 7;

    /// <summary>The text for few registers, which runs on every instruction set.</summary>
    public static KernelText Narrow(Contraction kernel, LaneSection section) => For(kernel, section, Targets.FewRegisters);

    /// <summary>The text for sets with many registers, where it is another one; sections that are narrower than the widest vectors have none.</summary>
    public static KernelText? Wide(Contraction kernel, LaneSection section)
    {
        if (!section.FillsWidest)
            return null;
        KernelText wide = For(kernel, section, Targets.ManyRegisters);
        return Narrow(kernel, section).Cycles < WorthWhile * wide.Cycles ? null : wide;
    }

    /// <summary>The text that the widest vectors run.</summary>
    public static KernelText Widest(Contraction kernel, LaneSection section) => Wide(kernel, section) ?? Narrow(kernel, section);

    /// <summary>The text for a single row: <c>b</c> is read once, so there is nothing to cut into panels, and four chains keep up with any memory.</summary>
    public static KernelText Row(Contraction kernel, LaneSection section)
    {
        int vectors = section.Width / Targets.Widest.Lanes;
        int columns = Enumerable.Range(1, 4).Last(count => count == 1 || (vectors >= count && vectors % count == 0));
        return new KernelText(kernel, new Tile(columns, 1, 1), 0);
    }

    /// <summary>The row axes that a text loops over: not those that the caller's units cover.</summary>
    public static EquatableArray<RowAxis> Rows(Contraction kernel) => kernel.Rows.Skip(kernel.OuterRowAxes).ToEquatableArray();

    /// <summary>Whether its only rows are the images of the batch.</summary>
    public bool IsOverImages => Rows(Kernel) is [{ Count: Contraction.Images }];

    /// <summary>
    /// The row axis that workers share: the outermost, so that a worker's rows are neighbours in every layer; where that has few tiles, the one with
    /// the most. Null where there is none, or units are shared instead.
    /// </summary>
    public int? SharedAxis { get; } = Kernel.Units != UnitKind.None || Rows(Kernel).Length == 0
        ? null
        : Enumerable.Range(0, Rows(Kernel).Length).OrderByDescending(axis => Math.Min(TilesOf(Kernel, Tile, axis), EnoughTiles)).First();

    /// <summary>Whether each tile sums a part of the outermost taps.</summary>
    public bool HasTapRange => Kernel.OutermostTaps is not null && Tiles(0) > 1;

    /// <summary>Whether those taps are panels, of which tiles skip some.</summary>
    public bool SkipsPanels => HasTapRange && Kernel.PanelAxes > 0;

    /// <summary>Whole tiles along a row axis, or tiles of which the last overlaps.</summary>
    public int Tiles(int axis) => TilesOf(Kernel, Tile, axis);

    /// <summary>Rows of a tile along a row axis.</summary>
    public int RowsOfTile(int axis) => RowsOfTile(Kernel, Tile, axis);

    /// <inheritdoc cref="RowsOfTile(int)"/>
    public static int RowsOfTile(Contraction kernel, Tile tile, int axis) => RowsOfTile(Rows(kernel), tile, axis);

    private static int TilesOf(Contraction kernel, Tile tile, int axis)
    {
        EquatableArray<RowAxis> rows = Rows(kernel);
        int step = RowsOfTile(rows, tile, axis);
        return axis == rows.Length - 1 && kernel.RowsOnce ? rows[axis].Count / step : (rows[axis].Count + step - 1) / step;
    }

    private static int RowsOfTile(EquatableArray<RowAxis> rows, Tile tile, int axis) =>
        (rows.Length - axis) switch { 1 => tile.InnerRows, 2 => tile.OuterRows, _ => 1 };

    private static KernelText For(Contraction kernel, LaneSection section, Target target)
    {
        Contraction cut = Panels.Cut(kernel with { Line = null }, section.Width, target);
        Tile tile = TileChooser.Choose(cut, section.Width, target, out double cycles);
        KernelText plain = new(cut, tile, cycles);
        if (kernel.Line is not { } line)
            return plain;
        Contraction byLine = Panels.Cut(kernel with { Reduction = line.Reduction }, section.Width, target);
        return line.IsWhole(byLine) && TileChooser.ChooseLine(byLine, section.Width, target, out double cyclesByLine) is { } whole && cyclesByLine < cycles
            ? new KernelText(byLine, whole, cyclesByLine)
            : plain;
    }
}
