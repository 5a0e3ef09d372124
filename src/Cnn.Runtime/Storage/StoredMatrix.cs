using System.Buffers.Binary;

namespace Cnn;

/// <summary>A matrix of weights in fewer bits: rows of lanes, each lane an output channel. Little-endian.</summary>
internal static class StoredMatrix
{
    /// <summary>How many bytes a matrix takes.</summary>
    /// <param name="count">Its elements.</param>
    /// <param name="lanes">Elements of a row.</param>
    /// <param name="storage">In what it is stored.</param>
    public static long Bytes(int count, int lanes, WeightStorage storage) => storage switch
    {
        WeightStorage.BFloat16 => (long)count * sizeof(ushort),
        WeightStorage.Int8 => count + ((long)lanes * sizeof(float)),
        _ => (long)count * sizeof(float),
    };

    /// <summary>Stores a matrix.</summary>
    /// <param name="values">Whole rows, finite.</param>
    /// <param name="lanes">Elements of a row.</param>
    /// <param name="storage">In what it is stored.</param>
    /// <param name="bytes">Receives it: <see cref="Bytes"/>.</param>
    public static void Write(ReadOnlySpan<float> values, int lanes, WeightStorage storage, Span<byte> bytes)
    {
        switch (storage)
        {
            case WeightStorage.BFloat16:
                for (int index = 0; index < values.Length; index++)
                    BinaryPrimitives.WriteUInt16LittleEndian(bytes[(index * sizeof(ushort))..], BFloat16Bits.Nearest(values[index]));
                break;
            case WeightStorage.Int8:
                WriteWhole(values, lanes, bytes);
                break;
            default:
                for (int index = 0; index < values.Length; index++)
                    BinaryPrimitives.WriteSingleLittleEndian(bytes[(index * sizeof(float))..], values[index]);
                break;
        }
    }

    /// <summary>Reads what <see cref="Write"/> stored.</summary>
    /// <param name="bytes">All of the matrix.</param>
    /// <param name="lanes">Elements of a row.</param>
    /// <param name="storage">In what it is stored.</param>
    /// <param name="values">Receives the rows.</param>
    public static void Read(ReadOnlySpan<byte> bytes, int lanes, WeightStorage storage, Span<float> values)
    {
        switch (storage)
        {
            case WeightStorage.BFloat16:
                for (int index = 0; index < values.Length; index++)
                    values[index] = BFloat16Bits.ToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes[(index * sizeof(ushort))..]));
                break;
            case WeightStorage.Int8:
                ReadWhole(bytes, lanes, values);
                break;
            default:
                for (int index = 0; index < values.Length; index++)
                    values[index] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(index * sizeof(float))..]);
                break;
        }
    }

    /// <summary>First each lane's factor, its largest magnitude over 127, then the whole numbers, row by row.</summary>
    private static void WriteWhole(ReadOnlySpan<float> values, int lanes, Span<byte> bytes)
    {
        float[] factors = new float[lanes];
        for (int index = 0; index < values.Length; index++)
            factors[index % lanes] = Math.Max(factors[index % lanes], Math.Abs(values[index]));
        for (int lane = 0; lane < lanes; lane++)
        {
            factors[lane] = WholeNumbers.Factor(factors[lane]);
            BinaryPrimitives.WriteSingleLittleEndian(bytes[(lane * sizeof(float))..], factors[lane]);
        }

        Span<byte> wholes = bytes[(lanes * sizeof(float))..];
        for (int index = 0; index < values.Length; index++)
            wholes[index] = (byte)WholeNumbers.Nearest(values[index], factors[index % lanes]);
    }

    private static void ReadWhole(ReadOnlySpan<byte> bytes, int lanes, Span<float> values)
    {
        float[] factors = new float[lanes];
        Read(bytes, lanes, WeightStorage.Float32, factors);
        ReadOnlySpan<byte> wholes = bytes[(lanes * sizeof(float))..];
        for (; !values.IsEmpty; values = values[lanes..], wholes = wholes[lanes..])
        {
            for (int lane = 0; lane < factors.Length; lane++)
                values[lane] = (sbyte)wholes[lane] * factors[lane];
        }
    }
}
