using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.CompilerServices;

/// <summary>Dropout: y = x/(1-p) with probability 1-p, else 0. The backward pass is the same call on the gradients.</summary>
/// <remarks>
/// Whether an element is kept depends on the key and the element's index alone: so forward and backward agree without a stored mask, and threads and
/// instruction sets do not matter. The hash is Wellons' triple32, a permutation of 32 bits with almost no bias, with half of the key before it and half of it
/// inside, so that two keys give unrelated masks rather than one mask shifted. Source: github.com/skeeto/hash-prospector.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DropoutKernel
{
    /// <summary>The key of one layer's mask in one step.</summary>
    /// <param name="seed">The trainer's seed.</param>
    /// <param name="layer">A number of the layer's own within the network.</param>
    /// <param name="step">Which forward pass.</param>
    /// <returns>64 random bits.</returns>
    public static ulong Key(int seed, int layer, long step) =>
        new CounterRandom(unchecked((uint)seed) | (1UL << 63), unchecked((uint)layer)).UInt64(unchecked((ulong)step));

    /// <summary>y[i] = x[i]/(1-p) where element firstIndex + i is kept, else 0, also for an x that is not finite.</summary>
    /// <param name="x">The input [count].</param>
    /// <param name="y">The output [count]; may be the input.</param>
    /// <param name="count">Floats, a multiple of 8.</param>
    /// <param name="probability">p, the probability of being dropped, in [0, 1]; 1 drops everything.</param>
    /// <param name="key">Which mask, see <see cref="Key"/>.</param>
    /// <param name="firstIndex">The index of x[0] within the mask.</param>
    public static void Apply(ref float x, ref float y, nint count, float probability, ulong key, ulong firstIndex)
    {
        // 32 bits of the hash are compared, so p is rounded to a multiple of 2^-32; a p of 1 would be 2^32, which an integer of 32 bits does not hold.
        ulong threshold = (ulong)Math.Round(probability * 4294967296.0);
        float scale = threshold > uint.MaxValue ? 0 : (float)(1 / (1 - (double)probability));
        uint limit = (uint)Math.Min(threshold, uint.MaxValue);

        nint done = 0;
        while (done < count)
        {
            // The lanes count in 32 bits: a run ends where the index carries into its upper half, which goes into the key.
            ulong index = unchecked(firstIndex + (ulong)done);
            uint low = (uint)index;
            nint length = (nint)Math.Min((ulong)(count - done), (1UL << 32) - low);
            ulong runKey = Mix(unchecked(key + ((index >> 32) * 0x9E3779B97F4A7C15UL)));
            Run(ref Unsafe.Add(ref x, done), ref Unsafe.Add(ref y, done), length, low, runKey, limit, scale);
            done += length;
        }
    }

    /// <summary>
    /// Spreads each bit of the key over all bits, so that similar keys are as good as random ones. Source: Steele, Lea and Flood, SplitMix, 2014.
    /// </summary>
    private static ulong Mix(ulong key)
    {
        unchecked
        {
            key = (key ^ (key >> 30)) * 0xBF58476D1CE4E5B9UL;
            key = (key ^ (key >> 27)) * 0x94D049BB133111EBUL;
            return key ^ (key >> 31);
        }
    }

    private static void Run(ref float x, ref float y, nint count, uint index, ulong key, uint threshold, float scale)
    {
        nint whole = count & ~(nint)7;
        if (KernelSet.UseAvx2)
            Run<HashLanes256, Vector256<uint>>(ref x, ref y, 0, whole, index, key, threshold, scale);
        else if (KernelSet.UseVector128)
            Run<HashLanes128, Vector128<uint>>(ref x, ref y, 0, whole, index, key, threshold, scale);
        else
            Run<HashLanesScalar, uint>(ref x, ref y, 0, whole, index, key, threshold, scale);

        // Only where the index carries in the middle of a vector.
        Run<HashLanesScalar, uint>(ref x, ref y, whole, count, index, key, threshold, scale);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Run<TLanes, TVector>(ref float x, ref float y, nint from, nint to, uint index, ulong key, uint threshold, float scale)
        where TLanes : struct, IHashLanes<TVector>
        where TVector : struct
    {
        uint key0 = (uint)key;
        uint key1 = (uint)(key >> 32);
        for (nint i = from; i < to; i += TLanes.Lanes)
        {
            TVector hash = TLanes.Xor(TLanes.CountFrom(unchecked(index + (uint)i)), key0);
            hash = TLanes.Multiply(TLanes.XorShift(hash, 17), 0xED5AD4BB);
            hash = TLanes.Multiply(TLanes.XorShift(hash, 11), 0xAC4C1B51);
            hash = TLanes.Add(hash, key1);
            hash = TLanes.Multiply(TLanes.XorShift(hash, 15), 0x31848BAB);
            hash = TLanes.XorShift(hash, 14);
            TLanes.StoreKept(hash, threshold, ref x, ref y, i, scale);
        }
    }
}
