using System.Buffers.Binary;

namespace Cnn;

/// <summary>Stored elements, always little-endian, to those of memory.</summary>
internal static class ElementConversion
{
    /// <summary>Converts to float, rounding F64 to the nearest.</summary>
    public static void ToSingles(ElementType type, ReadOnlySpan<byte> source, Span<float> destination)
    {
        for (int index = 0; index < destination.Length; index++)
        {
            ReadOnlySpan<byte> element = source.Slice(index * type.Size, type.Size);
            destination[index] = type.Name switch
            {
                "F64" => (float)BinaryPrimitives.ReadDoubleLittleEndian(element),
                "F32" => BinaryPrimitives.ReadSingleLittleEndian(element),
                "F16" => (float)BinaryPrimitives.ReadHalfLittleEndian(element),
                "BF16" => BFloat16Bits.ToSingle(BinaryPrimitives.ReadUInt16LittleEndian(element)),
                // Whole numbers, which only are weights together with their factors.
                "I8" => (sbyte)element[0],
                _ => throw new ArgumentException($"{type} holds no real numbers.", nameof(type)),
            };
        }
    }

    /// <summary>Converts to 64-bit integers; false if one does not fit.</summary>
    public static bool TryToIntegers(ElementType type, ReadOnlySpan<byte> source, Span<long> destination)
    {
        for (int index = 0; index < destination.Length; index++)
        {
            ReadOnlySpan<byte> element = source.Slice(index * type.Size, type.Size);
            destination[index] = type.Name switch
            {
                "I64" or "U64" => BinaryPrimitives.ReadInt64LittleEndian(element),
                "I32" => BinaryPrimitives.ReadInt32LittleEndian(element),
                _ => throw new ArgumentException($"{type} holds no integers.", nameof(type)),
            };
            if (destination[index] < 0 && type == ElementType.U64)
                return false;
        }

        return true;
    }
}
