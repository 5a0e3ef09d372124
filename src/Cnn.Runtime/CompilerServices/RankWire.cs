using System.Runtime.InteropServices;

namespace Cnn.CompilerServices;

/// <summary>Sends floats between ranks, whole or rounded. What is rounded for the others is rounded for the sender too, so that all have the same.</summary>
internal sealed class RankWire
{
    private readonly Transport _exchange;
    private readonly Transport _collect;
    private readonly RankPrecision _precision;
    private ushort[] _sent = [];
    private ushort[] _received = [];

    /// <param name="ranks">The ranks.</param>
    /// <param name="precision">How floats travel.</param>
    public RankWire(IRanks ranks, RankPrecision precision)
    {
        _exchange = ranks.Exchange;
        _collect = ranks.Collect;
        _precision = precision;
    }

    private delegate void Transport(ReadOnlySpan<byte> sent, Span<byte> received);

    /// <summary>As <see cref="IRanks.Exchange"/>.</summary>
    public void Exchange(ReadOnlySpan<float> parts, Span<float> received) => Send(_exchange, parts, received);

    /// <summary>As <see cref="IRanks.Collect"/>.</summary>
    public void Collect(ReadOnlySpan<float> part, Span<float> parts) => Send(_collect, part, parts);

    private void Send(Transport transport, ReadOnlySpan<float> values, Span<float> received)
    {
        if (_precision == RankPrecision.Float32)
        {
            transport(MemoryMarshal.AsBytes(values), MemoryMarshal.AsBytes(received));
            return;
        }

        Span<ushort> sent = Room(ref _sent, values.Length);
        for (int index = 0; index < sent.Length; index++)
            sent[index] = BFloat16Bits.Nearest(values[index]);
        Span<ushort> bits = Room(ref _received, received.Length);
        transport(MemoryMarshal.AsBytes(sent), MemoryMarshal.AsBytes(bits));
        for (int index = 0; index < bits.Length; index++)
            received[index] = BFloat16Bits.ToSingle(bits[index]);
    }

    private static Span<ushort> Room(ref ushort[] array, int length)
    {
        if (array.Length < length)
            array = new ushort[length];
        return array.AsSpan(0, length);
    }
}
