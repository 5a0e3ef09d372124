namespace Cnn.Generator.Model;

/// <summary>An axis as arguments name it: 0 is the batch, which no layer touches, 1 the channels, 2 the first axis behind them; -1 is the last.</summary>
public static class AxisNumber
{
    public const int Channels = 1;

    /// <summary>Its place among the lengths of a shape, which have no batch: 0 for the channels; -1 where the shape has no such axis.</summary>
    public static int Place(int axis, TensorShape shape)
    {
        long place = axis < 0 ? (long)axis + shape.Rank + 1 : (long)axis - 1;
        return place < 0 || place > shape.Rank ? -1 : (int)place;
    }

    /// <summary>The number of the axis at a place.</summary>
    public static int At(int place) => place + 1;

    /// <summary>For those that read a network's structure at run time: the axis as a positive number, unless it is the channels.</summary>
    public static IEnumerable<ResolvedArgument> Resolve(int axis, TensorShape shape) =>
        Place(axis, shape) is var place and > 0 ? [ResolvedArgument.Of("axis", At(place))] : [];
}
