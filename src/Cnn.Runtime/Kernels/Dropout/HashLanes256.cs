using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.CompilerServices;

/// <summary>Eight numbers at a time.</summary>
internal readonly struct HashLanes256 : IHashLanes<Vector256<uint>>
{
    /// <inheritdoc/>
    public static int Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256<uint>.Count;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> CountFrom(uint first) => Vector256.Create(first) + Vector256<uint>.Indices;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Xor(Vector256<uint> value, uint key) => value ^ Vector256.Create(key);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Add(Vector256<uint> value, uint key) => value + Vector256.Create(key);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Multiply(Vector256<uint> value, uint factor) => value * Vector256.Create(factor);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> XorShift(Vector256<uint> value, int bits) => value ^ (value >>> bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreKept(Vector256<uint> hash, uint threshold, ref float x, ref float y, nint offset, float scale)
    {
        Vector256<float> kept = Vector256.GreaterThanOrEqual(hash, Vector256.Create(threshold)).AsSingle();
        Vector256<float> scaled = Vector256.LoadUnsafe(ref x, (nuint)offset) * Vector256.Create(scale);
        (kept & scaled).StoreUnsafe(ref y, (nuint)offset);
    }
}
