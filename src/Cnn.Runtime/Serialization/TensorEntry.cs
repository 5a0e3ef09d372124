namespace Cnn;

/// <summary>What the header of a safetensors file says about one tensor.</summary>
/// <param name="Name">Unique in its file.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">The axes, empty for a single number.</param>
/// <param name="Begin">The first byte, counted from the end of the header.</param>
/// <param name="End">One past the last byte.</param>
internal sealed record TensorEntry(string Name, ElementType Type, long[] Shape, long Begin, long End)
{
    /// <summary>The number of elements.</summary>
    public long Length => (End - Begin) / Type.Size;

    public string ShapeText => ShapeFormat.Brackets(Shape);

    public bool HasShape(ReadOnlySpan<int> shape)
    {
        if (shape.Length != Shape.Length)
            return false;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            if (shape[axis] != Shape[axis])
                return false;
        }

        return true;
    }
}
