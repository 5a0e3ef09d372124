using System.Runtime.InteropServices;

namespace Cnn;

/// <summary>A tensor as a file holds it: its type, and its elements as memory.</summary>
internal sealed record StoredElements(string Name, ElementType Type, long[] Shape, Array Elements)
{
    private const int ChunkBytes = 1 << 18;

    /// <summary>The tensors that a file holds for one: weights in whole numbers come with their factors.</summary>
    public static IEnumerable<StoredElements> Of(NamedTensor tensor)
    {
        string name = tensor.Name;
        long[] shape = [.. tensor.Shape];
        if (tensor.Reals is not { } reals)
        {
            yield return new StoredElements(name, ElementType.I64, shape, tensor.Integers);
        }
        else if (tensor.Storage == WeightStorage.BFloat16)
        {
            yield return new StoredElements(name, ElementType.BF16, shape, Array.ConvertAll(reals, BFloat16Bits.Nearest));
        }
        else if (tensor.Storage == WeightStorage.Int8)
        {
            (sbyte[] wholes, float[] factors) = Whole(reals, (int)shape[0]);
            yield return new StoredElements(ScaledTensors.FactorsOf(name), ElementType.F32, [factors.Length], factors);
            yield return new StoredElements(name, ElementType.I8, shape, wholes);
        }
        else
        {
            yield return new StoredElements(name, ElementType.F32, shape, reals);
        }
    }

    /// <summary>Writes the elements; the machine is little-endian.</summary>
    public void Write(Stream stream)
    {
        // In pieces, because an array may hold more bytes than a span of bytes can.
        switch (Elements)
        {
            case float[] values:
                Write<float>(stream, values);
                break;
            case long[] values:
                Write<long>(stream, values);
                break;
            case ushort[] values:
                Write<ushort>(stream, values);
                break;
            default:
                Write<sbyte>(stream, (sbyte[])Elements);
                break;
        }
    }

    private static void Write<T>(Stream stream, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        for (; values.Length > ChunkBytes; values = values[ChunkBytes..])
            stream.Write(MemoryMarshal.AsBytes(values[..ChunkBytes]));
        stream.Write(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Whole numbers, and a factor for each index of the first axis.</summary>
    private static (sbyte[] Wholes, float[] Factors) Whole(float[] values, int rows)
    {
        var wholes = new sbyte[values.Length];
        var factors = new float[rows];
        int length = rows == 0 ? 0 : values.Length / rows;
        for (int row = 0; row < rows; row++)
        {
            float magnitude = 0;
            foreach (float value in values.AsSpan(row * length, length))
                magnitude = Math.Max(magnitude, Math.Abs(value));
            factors[row] = WholeNumbers.Factor(magnitude);
            for (int index = row * length; index < (row + 1) * length; index++)
                wholes[index] = WholeNumbers.Nearest(values[index], factors[row]);
        }

        return (wholes, factors);
    }
}
