namespace Cnn.Data;

/// <summary>A part of an image.</summary>
internal readonly record struct PixelRectangle(int Left, int Top, int Width, int Height);
