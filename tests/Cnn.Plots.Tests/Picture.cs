using StbImageSharp;

namespace Cnn.Plots.Tests;

/// <summary>A PNG file as a program that did not write it reads it.</summary>
internal sealed class Picture
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    private readonly ImageResult _image;

    private Picture(ImageResult image) => _image = image;

    public int Width => _image.Width;

    public int Height => _image.Height;

    public static Picture Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        Assert.Equal(Signature, bytes[..Signature.Length]);
        return new Picture(ImageResult.FromMemory(bytes, ColorComponents.RedGreenBlue));
    }

    public (byte Red, byte Green, byte Blue) At(int x, int y)
    {
        int place = ((y * Width) + x) * 3;
        return (_image.Data[place], _image.Data[place + 1], _image.Data[place + 2]);
    }

    public int Colours() => Enumerable.Range(0, Width * Height).Select(pixel => At(pixel % Width, pixel / Width)).Distinct().Count();
}
