using System.Runtime.InteropServices;

namespace Cnn.CompilerServices;

/// <summary>Sends floats between ranks, whole or rounded. What is rounded for the others is rounded for the sender too, so that all have the same.</summary>
/// <param name="ranks">The ranks.</param>
/// <param name="precision">How floats travel.</param>
internal sealed class RankWire(IRanks ranks, RankPrecision precision)
{
    private ushort[] _sent = [];
    private ushort[] _received = [];

    /// <summary>As <see cref="IRanks.Exchange"/>.</summary>
    public void Exchange(ReadOnlySpan<float> parts, Span<float> received)
    {
        if (precision == RankPrecision.Float32)
        {
            ranks.Exchange(MemoryMarshal.AsBytes(parts), MemoryMarshal.AsBytes(received));
            return;
        }

        ReadOnlySpan<ushort> sent = Rounded(parts);
        Span<ushort> got = Room(received.Length);
        ranks.Exchange(MemoryMarshal.AsBytes(sent), MemoryMarshal.AsBytes(got));
        Widen(got, received);
    }

    /// <summary>As <see cref="IRanks.Collect"/>.</summary>
    public void Collect(ReadOnlySpan<float> part, Span<float> parts)
    {
        if (precision == RankPrecision.Float32)
        {
            ranks.Collect(MemoryMarshal.AsBytes(part), MemoryMarshal.AsBytes(parts));
            return;
        }

        ReadOnlySpan<ushort> sent = Rounded(part);
        Span<ushort> got = Room(parts.Length);
        ranks.Collect(MemoryMarshal.AsBytes(sent), MemoryMarshal.AsBytes(got));
        Widen(got, parts);
    }

    private ReadOnlySpan<ushort> Rounded(ReadOnlySpan<float> values)
    {
        if (_sent.Length < values.Length)
            _sent = new ushort[values.Length];
        for (int index = 0; index < values.Length; index++)
            _sent[index] = BFloat16Bits.Nearest(values[index]);
        return _sent.AsSpan(0, values.Length);
    }

    private Span<ushort> Room(int length)
    {
        if (_received.Length < length)
            _received = new ushort[length];
        return _received.AsSpan(0, length);
    }

    private static void Widen(ReadOnlySpan<ushort> bits, Span<float> values)
    {
        for (int index = 0; index < bits.Length; index++)
            values[index] = BFloat16Bits.ToSingle(bits[index]);
    }
}
