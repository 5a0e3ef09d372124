namespace Cnn.Tool.Weights.PyTorch;

/// <summary>The elements that tensors are views of.</summary>
/// <param name="Type">Of the elements.</param>
/// <param name="Key">The entry in the archive.</param>
/// <param name="Length">In elements.</param>
internal sealed record TorchStorage(TorchType Type, string Key, long Length)
{
    /// <summary>Whether a number of bytes is that of the elements.</summary>
    public bool Fits(long bytes) => bytes % Type.Size == 0 && bytes / Type.Size == Length;
}

/// <summary>A type of elements, called after its storage class.</summary>
internal sealed record TorchType(string Name, int Size)
{
    public static readonly TorchType[] Known =
    [
        new("FloatStorage", 4), new("DoubleStorage", 8), new("HalfStorage", 2), new("BFloat16Storage", 2), new("LongStorage", 8),
        new("IntStorage", 4), new("ShortStorage", 2),
        new("CharStorage", 1), new("ByteStorage", 1), new("BoolStorage", 1),
    ];
}
