using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>The kernels that are emitted, from the widest.</summary>
public enum KernelSetKind
{
    Avx512,
    Avx2,
    Neon,
    Scalar,
}

/// <summary>A register tile: so many rows, so many vectors across the lanes.</summary>
public sealed record Tile
{
    /// <summary>Lanes of each vector, as 16, 8.</summary>
    public required EquatableArray<int> Columns { get; init; }

    /// <summary>Rows of the tile on the last row axis but one.</summary>
    public required int OuterRows { get; init; }

    /// <summary>Rows of the tile on the last row axis.</summary>
    public required int InnerRows { get; init; }

    public int Rows => OuterRows * InnerRows;

    public int Lanes => Columns.Aggregate(0, static (sum, lanes) => sum + lanes);

    public int Accumulators => Rows * Columns.Length;
}

/// <summary>A run of equal tiles across a block's lanes.</summary>
/// <param name="Lane">The first lane.</param>
/// <param name="Repeat">How many lie side by side.</param>
/// <param name="Tile">The tile.</param>
public sealed record TileSpan(int Lane, int Repeat, Tile Tile);
