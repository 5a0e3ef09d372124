using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>One number at a time.</summary>
internal readonly struct HashLanesScalar : IHashLanes<uint>
{
    /// <inheritdoc/>
    public static int Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint CountFrom(uint first) => first;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Xor(uint value, uint key) => value ^ key;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Add(uint value, uint key) => unchecked(value + key);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Multiply(uint value, uint factor) => unchecked(value * factor);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint XorShift(uint value, int bits) => value ^ (value >>> bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreKept(uint hash, uint threshold, ref float x, ref float y, nint offset, float scale)
    {
        // All bits where threshold - 1 - hash is negative: a branch on a random bit would be mispredicted every other time.
        uint kept = (uint)(((long)threshold - 1 - hash) >> 63);
        uint scaled = BitConverter.SingleToUInt32Bits(Unsafe.Add(ref x, offset) * scale);
        Unsafe.Add(ref y, offset) = BitConverter.UInt32BitsToSingle(scaled & kept);
    }
}
