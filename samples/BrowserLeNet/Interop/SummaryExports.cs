using System.Runtime.InteropServices.JavaScript;
using BrowserLeNet.Reading;
using Cnn;

namespace BrowserLeNet.Interop;

/// <summary>What the page calls to know the layers of the network that reads.</summary>
internal static partial class SummaryExports
{
    private static IReadOnlyList<LayerSummary> Layers => ReadingExports.Summary.Layers;

    /// <summary>The network's class.</summary>
    [JSExport]
    internal static string Network() => ReadingExports.Summary.Name;

    /// <summary>Each layer's name and kind, as conv1 and Conv.</summary>
    [JSExport]
    internal static string[] Names() => [.. Layers.SelectMany(layer => new[] { layer.Name, layer.Kind })];

    /// <summary>A layer's arguments with everything resolved.</summary>
    /// <param name="layer">From 0, the input.</param>
    [JSExport]
    internal static string Arguments(int layer) => Layers[layer].Arguments.ToString();

    /// <summary>Channels, then rows and columns where there are any.</summary>
    /// <param name="layer">From 0, the input.</param>
    [JSExport]
    internal static int[] Shape(int layer) => [.. Layers[layer].OutputShape];

    /// <summary>Trainable numbers, multiply-adds, and rows and columns of the receptive field where there is one.</summary>
    /// <param name="layer">From 0, the input.</param>
    [JSExport]
    internal static int[] Costs(int layer) => [(int)Layers[layer].Parameters, (int)Layers[layer].MultiplyAdds, .. Layers[layer].ReceptiveField];

    /// <summary>Of what part of an earlier layer a position depends: first row, first column, rows, columns.</summary>
    /// <param name="layer">The position's layer.</param>
    /// <param name="source">The earlier layer; 0 is the input.</param>
    /// <param name="row">The position's row.</param>
    /// <param name="column">The position's column.</param>
    [JSExport]
    internal static int[] Window(int layer, int source, int row, int column)
    {
        InputWindow window = InputWindow.Of(Layers, layer, source, row, column);
        return [window.Top, window.Left, window.Height, window.Width];
    }
}
