namespace Cnn.Plots;

/// <summary>What is inside a network, as PNG files: the kernels of its first layer, and what its layers make of an image.</summary>
public static class NetworkPlots
{
    /// <summary>The most channels of a layer that are drawn.</summary>
    private const int MostTiles = 64;

    private const int KernelPixels = 10;
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

    /// <summary>Draws the feature maps of every layer that has some, a strip a layer, from dark (its least number) to bright (its largest).</summary>
    /// <param name="path">The file, which is replaced.</param>
    /// <param name="trace">What <see cref="IPredictor.Trace"/> gave.</param>
    /// <param name="layers">The layers to draw; null is all.</param>
    /// <exception cref="ArgumentException">None of the layers has maps in two dimensions, or one is not in the trace.</exception>
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
        sheet.AddStrip(weight.Name, tiles, KernelColumns, KernelPixels);
        return sheet;
    }

    internal static TileSheet Activations(ActivationTrace trace, IReadOnlyList<string>? layers)
    {
        TileSheet sheet = new();
        foreach (Activation activation in layers is null ? trace : layers.Select(layer => trace[layer]))
        {
            if (activation.Shape.Count != 3)
                continue;
            int channels = Math.Min(activation.Shape[0], MostTiles);
            (int height, int width) = (activation.Shape[1], activation.Shape[2]);
            List<Tile> tiles = [.. Enumerable.Range(0, channels).Select(channel => Tile.Bright(activation, channel))];
            int scale = Math.Clamp(40 / Math.Max(height, width), 1, 8);
            int columns = Math.Max(1, StripPixels / ((width * scale) + TileSheet.Gap));
            string maps = channels == activation.Shape[0] ? $"{channels}" : $"{channels} of {activation.Shape[0]}";
            sheet.AddStrip($"{activation.Layer}: {maps} {(channels == 1 ? "map" : "maps")} of {height}x{width}", tiles, columns, scale);
        }

        return sheet.IsEmpty
            ? throw new ArgumentException("None of the layers has feature maps in two dimensions; there is nothing to draw.", nameof(trace))
            : sheet;
    }
}
