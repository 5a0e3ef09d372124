namespace Cnn.Tool.Importing.Onnx.Viewing;

/// <summary>
/// A part of an axis: an axis of length 6 can be one factor of 6, or one of 2 whose elements are rows of another of 3. Two are the same if they are one
/// object.
/// </summary>
/// <param name="length">At least 2: an axis of length 1 has no factors.</param>
internal sealed class AxisFactor(int length)
{
    public int Length => length;

    public override string ToString() => length.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
