using System.Buffers.Binary;

namespace Cnn.Data;

/// <summary>Reads IDX files of unsigned bytes, the format of MNIST (yann.lecun.com/exdb/mnist), plain or gzipped.</summary>
/// <remarks>
/// Format: two zero bytes, the element type (8: unsigned byte), the number of axes, each axis as a big-endian 32-bit integer, the
/// elements. Whether a file is gzipped is told by its content, not its name. Memory stays within a small multiple of what the file really holds.
/// </remarks>
public static class IdxReader
{
    private const byte UnsignedByte = 0x08;
    private const int FirstBufferLength = 1 << 16;

    /// <summary>Reads a file.</summary>
    /// <param name="path">An IDX file, gzipped or not.</param>
    /// <returns>Its content.</returns>
    /// <exception cref="DataFormatException">The file is damaged or no IDX file of unsigned bytes.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IdxArray Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Read(stream, $"'{path}'");
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">An IDX file, gzipped or not, from where the stream stands; left open.</param>
    /// <param name="name">What messages call it.</param>
    /// <returns>Its content.</returns>
    /// <exception cref="DataFormatException">The stream is damaged or holds no IDX file of unsigned bytes.</exception>
    public static IdxArray Read(Stream stream, string name = "The stream")
    {
        ArgumentNullException.ThrowIfNull(stream);
        return GzipInput.Read(stream, content => ReadPlain(content, name), (what, exception) => Damaged(name, what, exception));
    }

    private static IdxArray ReadPlain(Stream stream, string name)
    {
        Span<byte> magic = stackalloc byte[4];
        int found = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        if (found < magic.Length)
            throw Damaged(name, $"it has {CountFormat.Of(found, "byte")}, and an IDX file begins with 4 that tell its type and axes");
        if (magic[0] != 0 || magic[1] != 0)
            throw Damaged(name, $"it begins with {Convert.ToHexString(magic)}, and an IDX file of bytes begins with 0000 08");
        if (magic[2] != UnsignedByte)
            throw Damaged(name, $"its element type is 0x{magic[2]:X2}, and only 0x08, unsigned bytes, is supported");
        if (magic[3] == 0)
            throw Damaged(name, "it has no axes, and at least 1 is needed");

        int[] shape = ReadShape(stream, magic[3], name);
        byte[] values = ReadValues(stream, CountElements(shape, name), name);
        if (stream.ReadByte() >= 0)
            throw Damaged(name, $"more bytes follow the {values.Length} that its shape {ShapeFormat.Brackets<int>(shape)} says");
        return new IdxArray(shape, values);
    }

    private static int[] ReadShape(Stream stream, int axes, string name)
    {
        Span<byte> bytes = stackalloc byte[byte.MaxValue * sizeof(uint)];
        bytes = bytes[..(axes * sizeof(uint))];
        int found = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (found < bytes.Length)
            throw Damaged(name, $"it ends after {found} of the {bytes.Length} bytes of its {CountFormat.Of(axes, "axis", "axes")}");
        var shape = new int[axes];
        for (int axis = 0; axis < axes; axis++)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(bytes[(axis * sizeof(uint))..]);
            if (length == 0)
                throw Damaged(name, $"its axis {axis} has length 0, and at least 1 is needed");
            if (length > (uint)Array.MaxLength)
                throw Damaged(name, $"its axis {axis} has length {length}, more than the {Array.MaxLength} bytes of the largest array");
            shape[axis] = (int)length;
        }

        return shape;
    }

    private static int CountElements(int[] shape, string name)
    {
        long count = 1;
        foreach (int axis in shape)
        {
            // Both factors are below 2^31, so the product cannot overflow before it is found too large.
            count *= axis;
            if (count > Array.MaxLength)
                throw Damaged(name, $"its shape {ShapeFormat.Brackets<int>(shape)} is more than the {Array.MaxLength} bytes of the largest array");
        }

        return (int)count;
    }

    private static byte[] ReadValues(Stream stream, int count, string name)
    {
        // The header is believed only as far as bytes arrive.
        var values = new byte[Math.Min(count, FirstBufferLength)];
        int found = stream.ReadAtLeast(values, values.Length, throwOnEndOfStream: false);
        while (found == values.Length && found < count)
        {
            Array.Resize(ref values, (int)Math.Min(count, 2L * found));
            found += stream.ReadAtLeast(values.AsSpan(found), values.Length - found, throwOnEndOfStream: false);
        }

        return found == count ? values : throw Damaged(name, $"it ends after {found} of the {count} bytes that its shape says");
    }

    private static DataFormatException Damaged(string name, string what, Exception? inner = null)
        => new($"{name} is no whole IDX file: {what}. Fetch it again from its publisher.", inner);
}
