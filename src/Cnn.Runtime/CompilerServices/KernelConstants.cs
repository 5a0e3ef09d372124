using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Cnn.CompilerServices;

/// <summary>Small things that generated kernels share.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class KernelConstants
{
    private static readonly float[] ZeroValues = GC.AllocateArray<float>(128, pinned: true);

    /// <summary>128 zeros, to start sums from.</summary>
    public static ref float Zeros => ref MemoryMarshal.GetArrayDataReference(ZeroValues);

    /// <summary>Writes one value many times.</summary>
    /// <param name="y">Receives the values.</param>
    /// <param name="value">The value.</param>
    /// <param name="count">How often.</param>
    public static void Fill(ref float y, float value, int count) => MemoryMarshal.CreateSpan(ref y, count).Fill(value);

    /// <summary>The running statistics of a norm without weight and bias as a scale and a shift.</summary>
    /// <param name="runningMean">[channels].</param>
    /// <param name="runningVariance">[channels].</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="channels">How many.</param>
    /// <param name="scale">Receives 1 / sqrt(variance + epsilon).</param>
    /// <param name="shift">Receives -mean * scale.</param>
    public static void ScaleShift(ref float runningMean, ref float runningVariance, float epsilon, int channels, ref float scale, ref float shift)
    {
        for (int channel = 0; channel < channels; channel++)
        {
            double factor = 1 / Math.Sqrt((double)Unsafe.Add(ref runningVariance, channel) + epsilon);
            Unsafe.Add(ref scale, channel) = (float)factor;
            Unsafe.Add(ref shift, channel) = (float)(-Unsafe.Add(ref runningMean, channel) * factor);
        }
    }

    /// <summary>The first lanes, the others 0.</summary>
    /// <param name="value">16 lanes.</param>
    /// <param name="count">How many to keep.</param>
    public static Vector512<float> KeepLanes(Vector512<float> value, int count) =>
        Vector512.ConditionalSelect(Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle(), value, Vector512<float>.Zero);

    /// <inheritdoc cref="KeepLanes(Vector512{float}, int)"/>
    /// <param name="value">8 lanes.</param>
    /// <param name="count">How many to keep.</param>
    public static Vector256<float> KeepLanes(Vector256<float> value, int count) =>
        Vector256.ConditionalSelect(Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle(), value, Vector256<float>.Zero);

    /// <inheritdoc cref="KeepLanes(Vector512{float}, int)"/>
    /// <param name="value">4 lanes.</param>
    /// <param name="count">How many to keep.</param>
    public static Vector128<float> KeepLanes(Vector128<float> value, int count) =>
        Vector128.ConditionalSelect(Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).AsSingle(), value, Vector128<float>.Zero);

    /// <summary>Stores the first lanes and leaves what follows them in memory alone.</summary>
    /// <param name="value">16 lanes.</param>
    /// <param name="destination">Receives the first <paramref name="count"/>.</param>
    /// <param name="count">How many to store, less than all.</param>
    public static void StoreLanes(Vector512<float> value, ref float destination, int count)
    {
        if (count < 8)
        {
            StoreLanes(value.GetLower(), ref destination, count);
            return;
        }

        value.GetLower().StoreUnsafe(ref destination);
        StoreLanes(value.GetUpper(), ref Unsafe.Add(ref destination, 8), count - 8);
    }

    /// <inheritdoc cref="StoreLanes(Vector512{float}, ref float, int)"/>
    /// <param name="value">8 lanes.</param>
    /// <param name="destination">Receives the first <paramref name="count"/>.</param>
    /// <param name="count">How many to store, less than all.</param>
    public static void StoreLanes(Vector256<float> value, ref float destination, int count)
    {
        if (count < 4)
        {
            StoreLanes(value.GetLower(), ref destination, count);
            return;
        }

        value.GetLower().StoreUnsafe(ref destination);
        StoreLanes(value.GetUpper(), ref Unsafe.Add(ref destination, 4), count - 4);
    }

    /// <inheritdoc cref="StoreLanes(Vector512{float}, ref float, int)"/>
    /// <param name="value">4 lanes.</param>
    /// <param name="destination">Receives the first <paramref name="count"/>.</param>
    /// <param name="count">How many to store, less than all.</param>
    public static void StoreLanes(Vector128<float> value, ref float destination, int count)
    {
        for (int lane = 0; lane < count; lane++)
            Unsafe.Add(ref destination, lane) = value.GetElement(lane);
    }
}
