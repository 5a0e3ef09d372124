namespace Cnn.Generator.Planning;

/// <summary>The mean over all positions to which a chain's rows are summed.</summary>
/// <param name="Row">Where a row of the last convolution lies.</param>
/// <param name="Positions">Of the map.</param>
public sealed record RowMean(TensorLayout Row, int Positions)
{
    /// <summary>Positions of a block, as in the runtime's <c>ColumnChains</c>: blocks are summed each for itself.</summary>
    public const int BlockPositions = 1024;

    /// <summary>How many blocks there are.</summary>
    public int Blocks => BlocksOf(Positions);

    /// <summary>Chains of sums that a block has.</summary>
    public const int Chains = 4;

    /// <summary>How many blocks so many positions have.</summary>
    public static int BlocksOf(int positions) => (positions + BlockPositions - 1) / BlockPositions;
}
