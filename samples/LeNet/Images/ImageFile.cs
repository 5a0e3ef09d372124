using System.Buffers.Binary;
using BigGustave;

namespace LeNetSample.Images;

/// <summary>Reads a PNG or PGM file as gray, whatever its name ends in.</summary>
internal static class ImageFile
{
    private const long LargestFile = 256L * 1024 * 1024;

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static GrayImage Read(string path)
    {
        byte[] bytes = ReadBytes(path);
        if (bytes.AsSpan().StartsWith(PngSignature))
            return DecodePng(bytes, path);
        if (bytes is [(byte)'P', (byte)'2' or (byte)'5', ..])
            return PgmReader.Read(bytes, path);
        throw new ImageException($"{path}: neither a PNG nor a PGM file (P2 or P5). Convert the image to one of them.");
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            FileInfo file = new(path);
            if (file.Exists && file.Length > LargestFile)
                throw new ImageException($"{path}: the file has {file.Length} bytes, and at most {LargestFile} are read. Scale the image down.");
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string reason = exception is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : exception.Message;
            throw new ImageException($"{path}: {reason}.", exception);
        }
    }

    private static GrayImage DecodePng(byte[] bytes, string path)
    {
        // The header chunk comes first (PNG specification, 5.6), so the size can be checked before the decoder asks for memory.
        if (bytes.Length < 24)
            throw new ImageException($"{path}: the PNG file is cut off: it has {bytes.Length} of the 24 bytes that it begins with. Save it anew.");
        GrayImage.CheckSize(BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(16)), BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(20)), path);
        try
        {
            Png png = Png.Open(bytes);
            byte[] pixels = new byte[png.Width * png.Height];
            for (int y = 0; y < png.Height; y++)
            {
                for (int x = 0; x < png.Width; x++)
                    pixels[y * png.Width + x] = Gray(png.GetPixel(x, y));
            }

            return new GrayImage(png.Width, png.Height, pixels);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The decoder throws many kinds of exception on damaged files.
            throw new ImageException($"{path}: the PNG file is damaged ({exception.Message}). Save it anew.", exception);
        }
    }

    /// <summary>Luma of ITU-R BT.601, over white where the picture is transparent, because that is what a viewer shows.</summary>
    private static byte Gray(Pixel pixel)
    {
        float luma = 0.299f * pixel.R + 0.587f * pixel.G + 0.114f * pixel.B;
        float alpha = pixel.A / 255f;
        return (byte)(luma * alpha + 255f * (1f - alpha) + 0.5f);
    }
}
