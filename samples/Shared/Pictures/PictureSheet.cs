using BigGustave;

namespace Samples;

/// <summary>Small pictures in rows and columns, as one PNG file.</summary>
/// <param name="columns">Pictures of a row.</param>
/// <param name="width">Pixels of one.</param>
/// <param name="height">Pixels of one.</param>
/// <param name="scale">Pixels of the file for each, along both axes.</param>
internal sealed class PictureSheet(int columns, int width, int height, int scale = 2)
{
    private const int Gap = 2;

    private static readonly Pixel[] Colours =
    [
        new(24, 24, 32), new(230, 159, 0), new(86, 180, 233), new(0, 158, 115), new(240, 228, 66), new(213, 94, 0), new(204, 121, 167),
    ];

    private readonly List<Pixel[]> _pictures = [];

    /// <summary>Adds a picture in shades of grey.</summary>
    /// <param name="pixels">From 0, black, to 1, row by row.</param>
    public void Add(ReadOnlySpan<float> pixels)
    {
        var picture = new Pixel[width * height];
        for (int index = 0; index < picture.Length; index++)
        {
            byte grey = (byte)Math.Clamp(pixels[index] * 255, 0, 255);
            picture[index] = new Pixel(grey, grey, grey);
        }

        _pictures.Add(picture);
    }

    /// <summary>Adds a map of classes, each in a colour of its own.</summary>
    /// <param name="labels">Row by row.</param>
    public void Add(ReadOnlySpan<int> labels)
    {
        var picture = new Pixel[width * height];
        for (int index = 0; index < picture.Length; index++)
            picture[index] = Colours[labels[index] % Colours.Length];
        _pictures.Add(picture);
    }

    /// <summary>Writes the file.</summary>
    /// <param name="path">Is replaced.</param>
    public void Save(string path)
    {
        int rows = (_pictures.Count + columns - 1) / columns;
        (int stepX, int stepY) = ((width * scale) + Gap, (height * scale) + Gap);
        PngBuilder png = PngBuilder.Create((columns * stepX) - Gap, (rows * stepY) - Gap, hasAlphaChannel: false);
        for (int y = 0; y < (rows * stepY) - Gap; y++)
        {
            for (int x = 0; x < (columns * stepX) - Gap; x++)
                png.SetPixel(At(y / stepY, x / stepX, y % stepY / scale, x % stepX / scale), x, y);
        }

        using FileStream file = File.Create(path);
        png.Save(file);
    }

    private Pixel At(int row, int column, int y, int x)
    {
        int picture = (row * columns) + column;
        return y >= height || x >= width || picture >= _pictures.Count ? new Pixel(255, 255, 255) : _pictures[picture][(y * width) + x];
    }
}
