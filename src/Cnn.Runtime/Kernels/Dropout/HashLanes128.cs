using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.CompilerServices;

/// <summary>Four numbers at a time.</summary>
internal readonly struct HashLanes128 : IHashLanes<Vector128<uint>>
{
    /// <inheritdoc/>
    public static int Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128<uint>.Count;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> CountFrom(uint first) => Vector128.Create(first) + Vector128<uint>.Indices;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Xor(Vector128<uint> value, uint key) => value ^ Vector128.Create(key);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Add(Vector128<uint> value, uint key) => value + Vector128.Create(key);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Multiply(Vector128<uint> value, uint factor) => value * Vector128.Create(factor);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> XorShift(Vector128<uint> value, int bits) => value ^ (value >>> bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreKept(Vector128<uint> hash, uint threshold, ref float x, ref float y, nint offset, float scale)
    {
        Vector128<float> kept = Vector128.GreaterThanOrEqual(hash, Vector128.Create(threshold)).AsSingle();
        Vector128<float> scaled = Vector128.LoadUnsafe(ref x, (nuint)offset) * Vector128.Create(scale);
        (kept & scaled).StoreUnsafe(ref y, (nuint)offset);
    }
}
