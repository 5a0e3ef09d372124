using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Cnn.Data;

/// <summary>Bytes to floats in [0, 1].</summary>
internal static class PixelScaling
{
    private const float White = 255;

    /// <summary>destination = source / 255, correctly rounded, as torchvision gives it.</summary>
    /// <param name="source">Pixels.</param>
    /// <param name="destination">As many floats.</param>
    public static void ToUnitRange(ReadOnlySpan<byte> source, Span<float> destination)
    {
        // The vector loop below relies on it.
        destination = destination[..source.Length];
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        int index = 0;
        for (; index + Vector128<byte>.Count <= source.Length; index += Vector128<byte>.Count)
        {
            (Vector128<ushort> lower, Vector128<ushort> upper) = Vector128.Widen(Vector128.LoadUnsafe(ref from, (nuint)index));
            Scale(lower, ref to, index);
            Scale(upper, ref to, index + Vector128<ushort>.Count);
        }

        for (; index < source.Length; index++)
            destination[index] = source[index] / White;
    }

    private static void Scale(Vector128<ushort> pixels, ref float to, int index)
    {
        (Vector128<uint> lower, Vector128<uint> upper) = Vector128.Widen(pixels);
        (Vector128.ConvertToSingle(lower.AsInt32()) / White).StoreUnsafe(ref to, (nuint)index);
        (Vector128.ConvertToSingle(upper.AsInt32()) / White).StoreUnsafe(ref to, (nuint)(index + Vector128<float>.Count));
    }
}
