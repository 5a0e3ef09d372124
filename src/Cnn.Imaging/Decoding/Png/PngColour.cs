namespace Cnn.Imaging.Decoding.Png;

/// <summary>The colour types of PNG, with their numbers in a file.</summary>
internal enum PngColour
{
    Grey = 0,
    Rgb = 2,
    Palette = 3,
    GreyAlpha = 4,
    RgbAlpha = 6,
}
