namespace Cnn.Imaging.Decoding;

/// <summary>What a format's decoder gives: a byte a channel, the channels of a pixel together.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">1: grey, 2: grey and alpha, 3: red, green and blue, 4: with alpha.</param>
/// <param name="Pixels">Row by row from the top.</param>
/// <param name="Orientation">EXIF's, from 1 to 8.</param>
internal sealed record Raster(int Width, int Height, int Channels, byte[] Pixels, int Orientation = 1)
{
    public bool HasAlpha => Channels is 2 or 4;
}
