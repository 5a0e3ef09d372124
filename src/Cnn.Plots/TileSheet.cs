using SkiaSharp;

namespace Cnn.Plots;

/// <summary>Strips of tiles with a caption each, one below the other, every number a square of whole pixels.</summary>
internal sealed class TileSheet
{
    /// <summary>Pixels between tiles and around them.</summary>
    public const int Gap = 3;

    /// <summary>Pixels for a caption.</summary>
    public const int CaptionHeight = 18;

    private const float CaptionSize = 13;

    /// <summary>Captions may be wider than the tiles below them.</summary>
    private const int LeastWidth = 560;

    private readonly List<Strip> _strips = [];

    public bool IsEmpty => _strips.Count == 0;

    public IEnumerable<string> Captions => _strips.Select(static strip => strip.Caption);

    public int Width => Math.Max(LeastWidth, _strips.Max(strip => strip.Width));

    public int Height => _strips.Sum(strip => strip.Height);

    /// <summary>Adds tiles of equal size, row by row.</summary>
    /// <param name="caption">Stands above them.</param>
    /// <param name="tiles">At least one.</param>
    /// <param name="columns">The most tiles in a row.</param>
    /// <param name="scale">Pixels of a number.</param>
    public void AddStrip(string caption, IReadOnlyList<Tile> tiles, int columns, int scale) =>
        _strips.Add(new Strip(caption, tiles, Math.Min(columns, tiles.Count), scale));

    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] image = Png();
        AtomicFile.Write(path, stream => stream.Write(image));
    }

    public byte[] Png()
    {
        using SKBitmap bitmap = Draw();
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    internal SKBitmap Draw()
    {
        SKBitmap bitmap = new(Width, Height);
        using SKCanvas canvas = new(bitmap);
        canvas.Clear(SKColors.White);
        using SKFont font = new(SKTypeface.FromFamilyName(PlotFont.Name), CaptionSize);
        using SKPaint ink = new() { Color = SKColors.Black, IsAntialias = true };
        int top = 0;
        foreach (Strip strip in _strips)
        {
            canvas.DrawText(strip.Caption, Gap, top + CaptionSize, SKTextAlign.Left, font, ink);
            strip.Draw(canvas, top + CaptionHeight);
            top += strip.Height;
        }

        return bitmap;
    }

    private sealed record Strip(string Caption, IReadOnlyList<Tile> Tiles, int Columns, int Scale)
    {
        public int Width => (Columns * TileWidth) + Gap;

        public int Height => CaptionHeight + ((Tiles.Count + Columns - 1) / Columns * TileHeight) + Gap;

        private int TileWidth => (Tiles[0].Width * Scale) + Gap;

        private int TileHeight => (Tiles[0].Height * Scale) + Gap;

        public void Draw(SKCanvas canvas, int top)
        {
            using SKPaint paint = new();
            for (int index = 0; index < Tiles.Count; index++)
            {
                Tile tile = Tiles[index];
                int left = Gap + (index % Columns * TileWidth);
                int upper = top + (index / Columns * TileHeight);
                for (int pixel = 0; pixel < tile.Colors.Length; pixel++)
                {
                    ScottPlot.Color color = tile.Colors[pixel];
                    paint.Color = new SKColor(color.R, color.G, color.B);
                    canvas.DrawRect(left + (pixel % tile.Width * Scale), upper + (pixel / tile.Width * Scale), Scale, Scale, paint);
                }
            }
        }
    }
}
