using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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

    /// <summary>Stores the lanes that hold channels and leaves what follows them in memory alone.</summary>
    /// <typeparam name="TSimd">The instruction set.</typeparam>
    /// <typeparam name="TVector">Its vector.</typeparam>
    /// <param name="value">A vector.</param>
    /// <param name="destination">Receives the valid lanes.</param>
    /// <param name="valid">How many are valid; none if not positive, all if more than there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreValid<TSimd, TVector>(TVector value, ref float destination, int valid)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => FirstLanes.Store<TSimd, TVector>(value, ref destination, valid);

    /// <summary>Stores the lanes that hold channels, and zeros for the others.</summary>
    /// <typeparam name="TSimd">The instruction set.</typeparam>
    /// <typeparam name="TVector">Its vector.</typeparam>
    /// <param name="value">A vector.</param>
    /// <param name="destination">Receives as many floats as a vector has.</param>
    /// <param name="valid">How many are valid; none if not positive, all if more than there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreValidAndZeros<TSimd, TVector>(TVector value, ref float destination, int valid)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd.Store(TSimd.Zero, ref destination, 0);
        StoreValid<TSimd, TVector>(value, ref destination, valid);
    }
}
