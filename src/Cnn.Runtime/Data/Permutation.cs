namespace Cnn.Data;

/// <summary>Random orders that depend on nothing but a seed and an epoch.</summary>
internal static class Permutation
{
    // SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    /// <summary>Fills with 0, 1, … in an order drawn by Fisher and Yates' method.</summary>
    /// <param name="order">Receives the permutation.</param>
    /// <param name="seed">One family of permutations a seed.</param>
    /// <param name="epoch">One permutation an epoch, whichever were drawn before.</param>
    public static void Fill(Span<int> order, int seed, int epoch)
    {
        for (int index = 0; index < order.Length; index++)
            order[index] = index;
        // Mixed, so that neighbouring seeds and epochs start far apart in the generator's one cycle.
        ulong state = Mix(((ulong)(uint)seed << 32) | (uint)epoch);
        for (int index = order.Length - 1; index > 0; index--)
        {
            state += GoldenGamma;
            // The high word of random * count: a number below count with a bias below 2^-32 (Lemire, arXiv 1805.10941).
            int other = (int)Math.BigMul(Mix(state), (ulong)index + 1, out _);
            (order[index], order[other]) = (order[other], order[index]);
        }
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
