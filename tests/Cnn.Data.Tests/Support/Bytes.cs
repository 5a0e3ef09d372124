using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Cnn.Data.Tests;

/// <summary>File contents, built by hand.</summary>
internal static class Bytes
{
    public static byte[] Safetensors(string header, params float[] values) => Safetensors(Encoding.UTF8.GetBytes(header), OfFloats(values));

    public static byte[] Safetensors(byte[] header, byte[] data)
    {
        var bytes = new byte[8 + header.Length + data.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)header.Length);
        header.CopyTo(bytes, 8);
        data.CopyTo(bytes, 8 + header.Length);
        return bytes;
    }

    public static byte[] OfFloats(params float[] values)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        for (int index = 0; index < values.Length; index++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(index * sizeof(float)), values[index]);
        return bytes;
    }

    public static byte[] Idx(uint[] shape, params byte[] values)
    {
        var bytes = new byte[4 + (4 * shape.Length) + values.Length];
        bytes[2] = 8;
        bytes[3] = (byte)shape.Length;
        for (int axis = 0; axis < shape.Length; axis++)
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 + (4 * axis)), shape[axis]);
        values.CopyTo(bytes, 4 + (4 * shape.Length));
        return bytes;
    }

    public static byte[] Gzip(byte[] content)
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
            gzip.Write(content);
        return compressed.ToArray();
    }

    public static byte[] Cut(this byte[] content, int length) => content[..length];

    public static byte[] With(this byte[] content, int index, byte value)
    {
        byte[] changed = [.. content];
        changed[index] = value;
        return changed;
    }

    public static byte[] Written(this TensorFile file)
    {
        var stream = new MemoryStream();
        file.Write(stream);
        return stream.ToArray();
    }
}
