namespace Cnn.Generator.Planning;

/// <summary>A convolution of several that are done row by row.</summary>
public sealed record RowLink
{
    /// <summary>The method of a row.</summary>
    public required string Method { get; init; }

    /// <summary>Where the rows lie that it reads; null for those of the chain's input.</summary>
    public required RowBuffer? Buffer { get; init; }

    /// <summary>Rows that it makes.</summary>
    public required int Rows { get; init; }
}

/// <summary>The caller's planes, from which a row comes into channels-last order when it is read.</summary>
/// <param name="Channels">How many.</param>
/// <param name="Width">Positions of a row.</param>
/// <param name="Plane">Floats of each.</param>
public sealed record RowPlanes(int Channels, int Width, int Plane);

/// <summary>The mean over all positions to which a chain's rows are summed.</summary>
/// <param name="Row">Where a row of the last convolution lies.</param>
/// <param name="Positions">Of the map.</param>
public sealed record RowMean(TensorLayout Row, int Positions)
{
    /// <summary>Positions of a block, as in the runtime's <c>ColumnChains</c>: blocks are summed each for itself.</summary>
    private const int BlockPositions = 1024;

    /// <summary>How many blocks there are.</summary>
    public int Blocks => BlocksOf(Positions);

    /// <summary>Chains of sums that a block has.</summary>
    public const int Chains = 4;

    /// <summary>How many blocks so many positions have.</summary>
    public static int BlocksOf(int positions) => (positions + BlockPositions - 1) / BlockPositions;
}
