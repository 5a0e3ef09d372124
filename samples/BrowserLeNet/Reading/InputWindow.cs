using Cnn;

namespace BrowserLeNet.Reading;

/// <summary>The rows and columns of an earlier layer on which one position of a map depends; partly outside the picture where a layer pads.</summary>
/// <param name="Top">The first row.</param>
/// <param name="Left">The first column.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
internal readonly record struct InputWindow(int Top, int Left, int Height, int Width)
{
    /// <summary>Follows a position back through the layers of a chain.</summary>
    /// <param name="layers">The chain, the input first.</param>
    /// <param name="layer">The position's layer.</param>
    /// <param name="source">The layer that is asked about, not behind <paramref name="layer"/>.</param>
    /// <param name="row">The position's row.</param>
    /// <param name="column">The position's column.</param>
    /// <returns>The window; all of the source where a layer between the two has no positions.</returns>
    public static InputWindow Of(IReadOnlyList<LayerSummary> layers, int layer, int source, int row, int column)
    {
        InputWindow window = new(row, column, 1, 1);
        for (int index = layer; index > source; index--)
        {
            if (layers[index].OutputShape.Count != 3)
                return All(layers[source]);
            window = window.Before(layers[index]);
        }

        return layers[source].OutputShape.Count == 3 ? window : All(layers[source]);
    }

    /// <summary>What the layer reads for this window of its output.</summary>
    private InputWindow Before(LayerSummary layer)
    {
        if (layer.Kind is not ("Conv" or "MaxPool"))
            return this;
        int[] kernel = Numbers(layer, "kernel");
        int[] stride = Numbers(layer, "stride");
        int[] padding = Numbers(layer, "padding");
        return new InputWindow(
            (Top * stride[0]) - padding[0],
            (Left * stride[1]) - padding[1],
            ((Height - 1) * stride[0]) + kernel[0],
            ((Width - 1) * stride[1]) + kernel[1]);
    }

    private static InputWindow All(LayerSummary layer) => layer.OutputShape.Count == 3
        ? new InputWindow(0, 0, layer.OutputShape[1], layer.OutputShape[2])
        : new InputWindow(0, 0, 1, 1);

    private static int[] Numbers(LayerSummary layer, string argument) =>
        [.. layer.Arguments.Numbers(argument).Select(static number => (int)number)];
}
