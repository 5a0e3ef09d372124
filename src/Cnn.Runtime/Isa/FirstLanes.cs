using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.CompilerServices;

/// <summary>Writes some of a vector's lanes, half by half.</summary>
/// <remarks>
/// A kernel ends with it while its sums are in registers: a call would spill all of them, in its loop too. What follows the lanes is not even read: another
/// worker may be writing there.
/// </remarks>
internal static class FirstLanes
{
    /// <summary>The first lanes, all where there are fewer, none if <paramref name="count"/> is not positive.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TSimd, TVector>(TVector value, ref float destination, int count)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        if (count >= TSimd.Lanes)
            TSimd.Store(value, ref destination, 0);
        else if (typeof(TVector) == typeof(Vector512<float>))
            Store((Vector512<float>)(object)value, ref destination, count);
        else if (typeof(TVector) == typeof(Vector256<float>))
            Store((Vector256<float>)(object)value, ref destination, count);
        else if (typeof(TVector) == typeof(Vector128<float>))
            Store((Vector128<float>)(object)value, ref destination, count);
        else if (TSimd.Lanes > 1)
            StoreEach<TSimd, TVector>(value, ref destination, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<float> value, ref float destination, int count)
    {
        Vector256<float> half = value.GetLower();
        if (count >= Vector256<float>.Count)
        {
            half.StoreUnsafe(ref destination);
            destination = ref Unsafe.Add(ref destination, Vector256<float>.Count);
            half = value.GetUpper();
            count -= Vector256<float>.Count;
        }

        Store(half, ref destination, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> value, ref float destination, int count)
    {
        Vector128<float> half = value.GetLower();
        if (count >= Vector128<float>.Count)
        {
            half.StoreUnsafe(ref destination);
            destination = ref Unsafe.Add(ref destination, Vector128<float>.Count);
            half = value.GetUpper();
            count -= Vector128<float>.Count;
        }

        Store(half, ref destination, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<float> value, ref float destination, int count)
    {
        if (count > 0)
            destination = value.ToScalar();
        if (count > 1)
            Unsafe.Add(ref destination, 1) = value.GetElement(1);
        if (count > 2)
            Unsafe.Add(ref destination, 2) = value.GetElement(2);
    }

    private static void StoreEach<TSimd, TVector>(TVector value, ref float destination, int count)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        Span<float> lanes = stackalloc float[TSimd.Lanes];
        TSimd.Store(value, ref lanes[0], 0);
        for (int lane = 0; lane < count; lane++)
            Unsafe.Add(ref destination, lane) = lanes[lane];
    }
}
