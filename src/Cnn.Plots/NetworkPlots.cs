using System.Globalization;

namespace Cnn.Plots;

/// <summary>What is inside a network, as PNG files: the kernels of its first layer, and what its layers make of an image.</summary>
public static class NetworkPlots
{
    /// <summary>The most kernels that are drawn.</summary>
    private const int MostTiles = 64;

    /// <summary>The most feature maps of a layer that are drawn.</summary>
    private const int MostMaps = 30;

    /// <summary>The side of a feature map, or the largest that it goes into.</summary>
    private const int MapPixels = 84;

    private const int NumbersInRow = 100;

    /// <summary>Up to this many, as of classes, each number of a flat layer is a large square.</summary>
    private const int FewNumbers = 25;

    private const int KernelPixels = 50;
    private const int KernelColumns = 10;
    private const int StripPixels = 900;

    /// <summary>Draws the kernels of a network's first convolution side by side.</summary>
    /// <param name="path">The file, which is replaced.</param>
    /// <param name="network">A network with a convolution over images of 1 or 3 channels.</param>
    /// <remarks>
    /// A kernel over one channel goes from blue (negative) over white to red (positive), one over three is a colour picture of its own range.
    /// </remarks>
    /// <exception cref="ArgumentException">The network's first weight is no such convolution's.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveKernels(string path, INetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Kernels(network).Save(path);
    }

    /// <summary>
    /// Draws what every layer makes of an input, a strip a layer, from dark (its least number) to bright (its largest): feature maps side by side, the
    /// channels of a sequence as rows, the numbers of a flat layer as squares.
    /// </summary>
    /// <param name="path">The file, which is replaced.</param>
    /// <param name="trace">What <see cref="IPredictor.Trace"/> gave.</param>
    /// <param name="layers">The layers to draw; null is all.</param>
    /// <exception cref="ArgumentException">None of the layers can be drawn, or one is not in the trace.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveActivations(string path, ActivationTrace trace, IReadOnlyList<string>? layers = null)
    {
        ArgumentNullException.ThrowIfNull(trace);
        Activations(trace, layers).Save(path);
    }

    internal static TileSheet Kernels(INetwork network)
    {
        Parameter weight = network.Parameters[0];
        ReadOnlySpan<int> shape = weight.Shape;
        if (shape.Length != 4 || shape[1] is not (1 or 3))
            throw new ArgumentException($"'{weight.Name}' has the shape [{string.Join(", ", shape.ToArray())}]; "
                + "kernels can be drawn of a 2-D convolution over 1 or 3 channels.", nameof(network));
        (int channels, int height, int width) = (shape[1], shape[2], shape[3]);
        ReadOnlySpan<float> values = weight.Values;
        List<Tile> tiles = [];
        for (int output = 0; output < Math.Min(shape[0], MostTiles); output++)
        {
            ReadOnlySpan<float> kernel = values.Slice(output * channels * height * width, channels * height * width);
            tiles.Add(channels == 1 ? Tile.Diverging(kernel, height, width) : Tile.Colour(kernel, height, width));
        }

        TileSheet sheet = new();
        string hint = channels == 1 ? "red adds and blue subtracts: edges and spots" : "colours and edges that it looks for";
        sheet.AddStrip($"{weight.Name}: {hint}", tiles, KernelColumns, Math.Max(2, KernelPixels / Math.Max(height, width)));
        return sheet;
    }

    internal static TileSheet Activations(ActivationTrace trace, IReadOnlyList<string>? layers)
    {
        TileSheet sheet = new();
        foreach (Activation activation in layers is null ? trace : layers.Select(layer => trace[layer]))
        {
            string hint = ActivationHints.Of(activation.Layer, isFirst: sheet.IsEmpty);
            if (activation.Shape.Count == 3)
                AddMaps(sheet, activation, hint);
            else if (activation.Shape.Count <= 2)
                AddNumbers(sheet, activation, hint);
        }

        return sheet.IsEmpty
            ? throw new ArgumentException("None of the layers has numbers, or feature maps in one or two dimensions; there is nothing to draw.", nameof(trace))
            : sheet;
    }

    private static void AddMaps(TileSheet sheet, Activation activation, string hint)
    {
        int channels = Math.Min(activation.Shape[0], MostMaps);
        (int height, int width) = (activation.Shape[1], activation.Shape[2]);
        List<Tile> tiles = [.. Enumerable.Range(0, channels).Select(channel => Tile.Bright(activation, channel))];
        int scale = Math.Clamp(MapPixels / Math.Max(height, width), 1, 16);
        int columns = Math.Max(1, StripPixels / ((width * scale) + TileSheet.Gap));
        string maps = channels == activation.Shape[0] ? $"{channels}" : $"{channels} of {activation.Shape[0]}";
        sheet.AddStrip($"{activation.Layer}: {maps} {(activation.Shape[0] == 1 ? "map" : "maps")} of {height}x{width}{hint}", tiles, columns, scale);
    }

    /// <summary>A flat layer in rows of equal length, or a row a channel.</summary>
    private static void AddNumbers(TileSheet sheet, Activation activation, string hint)
    {
        int count = activation.Values.Length;
        bool isFlat = activation.Shape.Count == 1;
        int columns = isFlat ? Math.Min(count, NumbersInRow) : activation.Shape[1];
        int scale = Math.Clamp(StripPixels / columns, 1, isFlat && count <= FewNumbers ? 32 : 8);
        string shape = isFlat ? CountFormat.Of(count, "number") : $"{CountFormat.Of(activation.Shape[0], "channel")} of {activation.Shape[1]}";
        int largest = Training.Logits.Largest(activation.Values);
        string answer = isFlat && count <= FewNumbers && largest >= 0
            ? string.Create(CultureInfo.InvariantCulture, $", the largest is number {largest}: {activation.Values[largest]:0.##}")
            : hint;
        sheet.AddStrip($"{activation.Layer}: {shape}{answer}", [Tile.Numbers(activation, columns)], 1, scale);
    }
}
