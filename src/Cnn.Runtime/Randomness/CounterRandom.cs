using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>Random numbers that are a function of a seed, a stream and an index, and not of the order in which they are asked for.</summary>
/// <remarks>
/// Philox4x32-10: the index and the stream are enciphered with the seed as key. Streams of one seed, and streams of different seeds, are independent.
/// Source: Salmon, Moraes, Dror and Shaw, Parallel random numbers: as easy as 1, 2, 3, SC 2011.
/// </remarks>
/// <param name="seed">Which generator.</param>
/// <param name="stream">Which of its 2^64 sequences.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CounterRandom(ulong seed, ulong stream)
{
    /// <summary>Numbers that one block of the cipher gives.</summary>
    internal const int BlockLength = 4;

    private const int Rounds = 10;
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint KeyStep0 = 0x9E3779B9;
    private const uint KeyStep1 = 0xBB67AE85;

    /// <summary>32 random bits.</summary>
    /// <param name="index">Which number of the stream.</param>
    /// <returns>All values are equally likely.</returns>
    public uint UInt32(ulong index)
    {
        Block(index / BlockLength, out uint a, out uint b, out uint c, out uint d);
        return (index % BlockLength) switch
        {
            0 => a,
            1 => b,
            2 => c,
            _ => d,
        };
    }

    /// <summary>64 random bits, from the stream's numbers 2 index and 2 index + 1.</summary>
    /// <param name="index">Which pair of numbers of the stream.</param>
    /// <returns>All values are equally likely.</returns>
    public ulong UInt64(ulong index)
    {
        Block(index / 2, out uint a, out uint b, out uint c, out uint d);
        return index % 2 == 0 ? ((ulong)b << 32) | a : ((ulong)d << 32) | c;
    }

    /// <summary>A float in [0, 1), a multiple of 2^-24.</summary>
    /// <param name="index">Which number of the stream.</param>
    /// <returns>All 2^24 values are equally likely.</returns>
    public float Single(ulong index) => ToSingle(UInt32(index));

    /// <summary>A block of four consecutive numbers.</summary>
    /// <param name="index">The index of the first, divided by four.</param>
    /// <param name="a">The first.</param>
    /// <param name="b">The second.</param>
    /// <param name="c">The third.</param>
    /// <param name="d">The fourth.</param>
    internal void Block(ulong index, out uint a, out uint b, out uint c, out uint d)
    {
        a = (uint)index;
        b = (uint)(index >> 32);
        c = (uint)stream;
        d = (uint)(stream >> 32);
        uint key0 = (uint)seed;
        uint key1 = (uint)(seed >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * a;
            ulong product1 = (ulong)Multiplier1 * c;
            a = (uint)(product1 >> 32) ^ b ^ key0;
            b = (uint)product1;
            c = (uint)(product0 >> 32) ^ d ^ key1;
            d = (uint)product0;

            // Wraps around by design, also in a build that checks overflow.
            key0 = unchecked(key0 + KeyStep0);
            key1 = unchecked(key1 + KeyStep1);
        }
    }

    /// <summary>The upper 24 bits as a fraction: a float holds no more without rounding up to 1.</summary>
    internal static float ToSingle(uint bits) => (bits >> 8) * (1f / (1 << 24));
}
