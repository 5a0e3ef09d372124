namespace Cnn.CompilerServices;

/// <summary>The integer operations that dropout's hash is written in, for one width. All wrap around.</summary>
/// <typeparam name="TVector">The vector of this width, <see cref="uint"/> for the scalar set.</typeparam>
internal interface IHashLanes<TVector>
    where TVector : struct
{
    /// <summary>Numbers in a vector: 8, 4 or 1.</summary>
    static abstract int Lanes { get; }

    /// <summary>first, first + 1, first + 2 and so on.</summary>
    static abstract TVector CountFrom(uint first);

    /// <summary>value ^ key.</summary>
    static abstract TVector Xor(TVector value, uint key);

    /// <summary>value + key.</summary>
    static abstract TVector Add(TVector value, uint key);

    /// <summary>The low half of value · factor.</summary>
    static abstract TVector Multiply(TVector value, uint factor);

    /// <summary>value ^ (value &gt;&gt; bits).</summary>
    static abstract TVector XorShift(TVector value, int bits);

    /// <summary>y ← x · scale where the hash is at least the threshold, else 0.</summary>
    static abstract void StoreKept(TVector hash, uint threshold, ref float x, ref float y, nint offset, float scale);
}
