using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Cnn.Tool.Importing;

namespace Cnn.Tool.Verification;

/// <summary>NumPy's <c>.npy</c>: versions 1 to 3, little-endian floats in C order.</summary>
internal static partial class NumpyFile
{
    private const int LongestHeader = 1 << 16;

    /// <exception cref="ImportException">The file is no such array, or is damaged.</exception>
    public static Tensor Read(Stream stream)
    {
        try
        {
            byte[] start = new byte[8];
            stream.ReadExactly(start);
            if (start[0] != 0x93 || !start.AsSpan(1, 5).SequenceEqual("NUMPY"u8))
                throw new ImportException("This is no .npy file: it does not start with its signature.");
            byte[] length = new byte[start[6] == 1 ? 2 : 4];
            stream.ReadExactly(length);
            uint count = length.Length == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(length) : BinaryPrimitives.ReadUInt32LittleEndian(length);
            if (count > LongestHeader)
                throw new ImportException($"The header of the .npy file has {count:N0} bytes; at most {LongestHeader:N0} are read.");
            byte[] header = new byte[count];
            stream.ReadExactly(header);
            return Content(stream, Encoding.UTF8.GetString(header));
        }
        catch (EndOfStreamException exception)
        {
            throw new ImportException("The .npy file ends too early.", exception);
        }
    }

    private static Tensor Content(Stream stream, string header)
    {
        string type = Type().Match(header).Groups["type"].Value;
        Match shapeText = Shape().Match(header);
        if (!shapeText.Success || type is not ("<f4" or "<f8") || header.Contains("'fortran_order': True", StringComparison.Ordinal))
            throw new ImportException(
                $"The .npy file has the header {header.Trim()}; '<f4' or '<f8' in C order is needed: numpy.ascontiguousarray(x, 'float32').");
        long[] axes = [.. shapeText.Groups["shape"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(axis =>
            long.TryParse(axis, NumberStyles.None, CultureInfo.InvariantCulture, out long value)
                ? value
                : throw new ImportException($"The .npy file has an axis '{axis}'."))];
        int size = type == "<f4" ? 4 : 8;
        int[] shape = Tensor.CheckedShape(axes);
        int length = Tensor.CheckedLength(axes);
        // Before memory is taken for what a header of a few bytes claims.
        if (stream.CanSeek && (long)length * size > stream.Length - stream.Position)
            throw new ImportException(
                $"The .npy file says that it has {length:N0} numbers, and {stream.Length - stream.Position:N0} bytes follow: it ends too early.");
        float[] values = new float[length];
        byte[] buffer = new byte[size];
        for (int index = 0; index < values.Length; index++)
        {
            stream.ReadExactly(buffer);
            values[index] = size == 4 ? BinaryPrimitives.ReadSingleLittleEndian(buffer) : (float)BinaryPrimitives.ReadDoubleLittleEndian(buffer);
        }

        return Tensor.OfReals(shape, values);
    }

    [GeneratedRegex("'descr': *'(?<type>[^']*)'", RegexOptions.CultureInvariant)]
    private static partial Regex Type();

    [GeneratedRegex(@"'shape': *\((?<shape>[^)]*)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
