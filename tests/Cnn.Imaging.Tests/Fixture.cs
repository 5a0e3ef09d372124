using System.IO.Compression;

namespace Cnn.Imaging.Tests;

/// <summary>A picture file, and what Pillow made of it: see record.py.</summary>
internal sealed class Fixture
{
    private readonly byte[] _values;
    private int _position = 4;

    private Fixture(string name)
    {
        File = System.IO.File.ReadAllBytes(Path.Combine(Folder, name));
        _values = Unpacked(name + ".values");
        Width = BitConverter.ToUInt16(_values, 0);
        Height = BitConverter.ToUInt16(_values, 2);
    }

    public static IEnumerable<string> Names => Directory.GetFiles(Folder, "*.values")
        .Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    public byte[] File { get; }

    public int Width { get; }

    public int Height { get; }

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Fixtures");

    public static Fixture Of(string name) => new(name);

    public static byte[] Unpacked(string name)
    {
        using GZipStream packed = new(System.IO.File.OpenRead(Path.Combine(Folder, name)), CompressionMode.Decompress);
        using MemoryStream values = new();
        packed.CopyTo(values);
        return values.ToArray();
    }

    /// <summary>Compares with the next recorded picture.</summary>
    /// <returns>The largest difference.</returns>
    public int Compare(Picture picture, int width, int height)
    {
        Assert.Equal((width, height), (picture.Width, picture.Height));
        int length = width * height * picture.Channels;
        int largest = Largest(picture.Pixels, _values.AsSpan(_position, length));
        _position += length;
        return largest;
    }

    public static int Largest(ReadOnlySpan<byte> values, ReadOnlySpan<byte> others)
    {
        Assert.Equal(others.Length, values.Length);
        int largest = 0;
        for (int i = 0; i < values.Length; i++)
            largest = Math.Max(largest, Math.Abs(values[i] - others[i]));
        return largest;
    }
}
