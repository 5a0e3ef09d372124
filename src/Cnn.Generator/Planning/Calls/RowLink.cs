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
