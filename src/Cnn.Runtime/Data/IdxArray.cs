namespace Cnn.Data;

/// <summary>The content of an IDX file: an array of bytes with any number of axes.</summary>
public sealed class IdxArray
{
    private readonly int[] _shape;

    internal IdxArray(int[] shape, byte[] values)
    {
        _shape = shape;
        Values = values;
    }

    /// <summary>The axes, the slowest first: <c>[count, rows, columns]</c> for images, <c>[count]</c> for labels.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>The elements, the last axis the fastest.</summary>
    public byte[] Values { get; }
}
