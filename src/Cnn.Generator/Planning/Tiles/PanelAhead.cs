using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>
/// How tiles that go over a panel of <c>b</c> ask for the one that lies behind it in memory: each tile for an equal part, in every step for as much.
/// </summary>
/// <remarks>
/// A panel that comes from memory while tiles of rows go over it holds up the first of them, and the others wait for nothing. Asked for one line a step, the
/// next panel comes while all of them compute; asked for at once, it would wait for the few requests that a core can have under way.
/// </remarks>
/// <param name="Floats">From the panel to the next.</param>
/// <param name="LinesOfStep">Cache lines that a step of the reduction asks for.</param>
/// <param name="FloatsBetweenTiles">From where one tile begins to ask to where the next does, less what its steps have gone on.</param>
public sealed record PanelAhead(int Floats, int LinesOfStep, int FloatsBetweenTiles)
{
    /// <summary>
    /// A tile that alone goes over its panel asks for as much as it reads. With fewer rows it does nothing but read, in an order that the core foresees.
    /// </summary>
    private const int FewestRowsOfLoneTile = 3;

    /// <summary>What a text asks for; null where it does not pay.</summary>
    public static PanelAhead? Of(KernelText text, LaneSection section)
    {
        Contraction kernel = text.Kernel;
        EquatableArray<RowAxis> rows = KernelText.Rows(kernel);
        if (!kernel.StreamsWeights || section.Width != section.BUnit || section.Width % Targets.LineFloats != 0
            || rows.Any(static axis => axis.Count == Contraction.Images))
            return null;
        int columns = section.Width / (text.Tile.Columns * Targets.LineFloats);
        int tiles = Enumerable.Range(0, rows.Length).Aggregate(columns, (product, axis) => product * (axis == 0 && text.SkipsPanels
            ? kernel.OutermostTaps!.FewestTiles(text.RowsOfTile(0)) : text.Tiles(axis)));
        if (tiles == 1 && text.Tile.Rows < FewestRowsOfLoneTile)
            return null;
        int steps = kernel.Reduction.Skip(kernel.PanelAxes).Aggregate(1, static (product, axis) => product * axis.Count);
        int lines = steps * section.Width / Targets.LineFloats;
        int linesOfTile = (lines + tiles - 1) / tiles;
        int linesOfStep = (linesOfTile + steps - 1) / steps;
        return new PanelAhead(lines * Targets.LineFloats, linesOfStep, (linesOfTile - (steps * linesOfStep)) * Targets.LineFloats);
    }
}
