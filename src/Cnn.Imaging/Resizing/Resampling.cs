namespace Cnn.Imaging;

/// <summary>How a resized picture weighs the pixels of the original; where it becomes smaller, the window grows by the ratio, which is antialiasing.</summary>
public enum Resampling
{
    /// <summary>The mean of a window of one pixel.</summary>
    Box,

    /// <summary>A triangle of two pixels; torchvision's default.</summary>
    Bilinear,

    /// <summary>Keys' cubic with a = -0.5 over four pixels, as PIL has it.</summary>
    Bicubic,

    /// <summary>A windowed sinc over six pixels.</summary>
    Lanczos,
}
