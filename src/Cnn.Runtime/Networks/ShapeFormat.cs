using System.Globalization;
using System.Numerics;
using System.Text;

namespace Cnn;

/// <summary>Shapes as messages and tables spell them.</summary>
internal static class ShapeFormat
{
    /// <summary>As <c>[20, 1, 5, 5]</c>: a parameter's shape.</summary>
    public static string Brackets<T>(ReadOnlySpan<T> shape)
        where T : IBinaryInteger<T>
        => $"[{Join(shape, ", ")}]";

    /// <inheritdoc cref="Brackets{T}(ReadOnlySpan{T})"/>
    public static string Brackets(long[] shape) => Brackets<long>(shape);

    /// <summary>As <c>20x28x28</c>: a feature map's shape.</summary>
    public static string Crosses(ReadOnlySpan<int> shape) => Join(shape, "x");

    private static string Join<T>(ReadOnlySpan<T> shape, string separator)
        where T : IBinaryInteger<T>
    {
        var text = new StringBuilder();
        for (int axis = 0; axis < shape.Length; axis++)
            text.Append(axis == 0 ? "" : separator).Append(shape[axis].ToString(null, CultureInfo.InvariantCulture));
        return text.ToString();
    }
}
