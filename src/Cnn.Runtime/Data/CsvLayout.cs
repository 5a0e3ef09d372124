namespace Cnn.Data;

/// <summary>What stands where in a CSV file of images: one image a line, its pixels and its class.</summary>
/// <param name="Shape">Of one image, channels first: <c>[1, 8, 8]</c>.</param>
public sealed record CsvLayout(params int[] Shape)
{
    /// <summary>The UCI optical digits (<c>optdigits</c>): 8x8 pixels from 0 to 16, then the class.</summary>
    public static CsvLayout OpticalDigits { get; } = new(1, 8, 8) { White = 16 };

    /// <summary>The value that becomes 1; 0 stays 0. Default 255.</summary>
    public float White { get; init; } = 255;

    /// <summary>Whether the class stands before the pixels and not after them. Default false.</summary>
    public bool LabelFirst { get; init; }

    /// <summary>Whether the first line names the columns. Default false.</summary>
    public bool HasHeader { get; init; }

    /// <summary>Classes lie in [0, ClassCount). Default 10.</summary>
    public int ClassCount { get; init; } = 10;
}
