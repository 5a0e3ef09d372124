using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Cnn.CompilerServices;

/// <summary>Bytes as floats of the same values.</summary>
internal static class ByteConversion
{
    /// <summary>destination[i] = source[i].</summary>
    /// <param name="source">Bytes.</param>
    /// <param name="destination">As many floats.</param>
    public static void Widen(ReadOnlySpan<byte> source, Span<float> destination)
    {
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination[..source.Length]);
        int index = 0;
        for (; index <= source.Length - Vector128<byte>.Count; index += Vector128<byte>.Count)
        {
            (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.LoadUnsafe(ref from, (nuint)index));
            Store(low, ref Unsafe.Add(ref to, index));
            Store(high, ref Unsafe.Add(ref to, index + Vector128<ushort>.Count));
        }

        for (; index < source.Length; index++)
            Unsafe.Add(ref to, index) = Unsafe.Add(ref from, index);
    }

    private static void Store(Vector128<ushort> values, ref float to)
    {
        (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(values);
        Vector128.ConvertToSingle(low.AsInt32()).StoreUnsafe(ref to);
        Vector128.ConvertToSingle(high.AsInt32()).StoreUnsafe(ref to, (nuint)Vector128<float>.Count);
    }
}
