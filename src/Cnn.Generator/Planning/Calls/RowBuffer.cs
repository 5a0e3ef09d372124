namespace Cnn.Generator.Planning;

/// <summary>The last few rows of a map, one after the other, with a border of zeros at their ends, from which a convolution reads its window.</summary>
public sealed record RowBuffer
{
    /// <summary>How the rows lie.</summary>
    public required TensorLayout Layout { get; init; }

    /// <summary>Rows of the map.</summary>
    public required int MapRows { get; init; }

    /// <summary>What the convolution sees of them.</summary>
    public required RowWindow Window { get; init; }

    /// <summary>Floats from one row to the next.</summary>
    public int Row => Layout.Stride(0);

    /// <summary>The buffer of a convolution's input.</summary>
    /// <param name="conv">The convolution.</param>
    /// <param name="pitch">Floats of a position.</param>
    /// <param name="room">Floats that it may have.</param>
    public static RowBuffer Of(ConvolutionGeometry conv, int pitch, int room)
    {
        RowWindow window = RowWindow.Of(conv);
        int rows = window.Overlaps ? Math.Min(MostRows(conv, pitch, room), conv.Input.Axes[0] + window.Reach) : window.Reach;
        return new RowBuffer { Layout = LayoutOf(conv, pitch, rows), MapRows = conv.Input.Axes[0], Window = window };
    }

    /// <summary>Whether it has room for the rows that a window sees, and for those on which it goes on.</summary>
    public static bool Fits(ConvolutionGeometry conv, int pitch, int room)
    {
        RowWindow window = RowWindow.Of(conv);
        return window.Reach + (window.Overlaps ? window.Stride : 0) <= MostRows(conv, pitch, room);
    }

    private static int MostRows(ConvolutionGeometry conv, int pitch, int room) => room / LayoutOf(conv, pitch, 1).Stride(0);

    /// <summary>Zeros at the rows' ends, and none above or below.</summary>
    private static TensorLayout LayoutOf(ConvolutionGeometry conv, int pitch, int rows)
    {
        (Collections.EquatableArray<int> begin, Collections.EquatableArray<int> end) = conv.InputBorder();
        return TensorLayout.Bordered(new Model.TensorShape(conv.Input.Channels, [rows, conv.Input.Axes[1]]), [0, begin[1]], [0, end[1]]) with { Pitch = pitch };
    }
}
