namespace Cnn.Generator.Planning;

/// <summary>A register tile: so many rows, so many vectors across the lanes, each accumulator a local.</summary>
/// <param name="Columns">Vectors across the lanes.</param>
/// <param name="OuterRows">Rows on the last row axis but one.</param>
/// <param name="InnerRows">Rows on the last row axis.</param>
public sealed record Tile(int Columns, int OuterRows, int InnerRows)
{
    public int Rows => OuterRows * InnerRows;
}
