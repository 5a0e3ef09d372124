namespace Cnn;

/// <summary>bfloat16: the upper half of a float's bits.</summary>
internal static class BFloat16Bits
{
    /// <summary>The largest finite one.</summary>
    private const uint Largest = 0x7F7F;

    private const uint SignBit = 0x8000;

    /// <summary>The nearest, of two the even one; a number beyond the largest becomes the largest.</summary>
    /// <param name="value">Finite.</param>
    public static ushort Nearest(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        // Half of the last place that stays, and one less where that place is even, so that ties go to even.
        uint rounded = (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16;
        return (ushort)((rounded & SignBit) | Math.Min(rounded & ~SignBit, Largest));
    }

    public static float ToSingle(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);
}
