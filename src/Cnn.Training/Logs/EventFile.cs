using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Cnn.Training;

/// <summary>Writes TensorBoard's event files: records of TFRecord with a message <c>Event</c> in each.</summary>
/// <remarks>
/// A record is its length, the masked CRC-32C of the length, the message, and the masked CRC-32C of the message. Of the message's fields only those stand
/// here that scalars need, in protobuf's encoding: a library for it would bring more than it saves. Source: TensorFlow, <c>core/lib/io/record_writer.h</c>,
/// <c>core/util/event.proto</c> and <c>core/framework/summary.proto</c>.
/// </remarks>
internal sealed class EventFile : IDisposable
{
    private const uint MaskDelta = 0xA282EAD8;
    private const byte Varint = 0;
    private const byte Fixed64 = 1;
    private const byte Bytes = 2;
    private const byte Fixed32 = 5;

    private readonly FileStream _stream;
    private readonly MemoryStream _event = new();
    private readonly MemoryStream _value = new();

    public EventFile(string path)
    {
        _stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        Begin(0);
        Text(_event, field: 3, "brain.Event:2");
        End();
    }

    /// <summary>What earlier files have from this step on does not count any more.</summary>
    public void Restart(long step)
    {
        const byte SessionLog = 7;
        Begin(step);
        _event.Write([Tag(SessionLog, Bytes), 2, Tag(1, Varint), 1]);
        End();
    }

    /// <summary>One number; those that are not finite are left out.</summary>
    public void Add(long step, string tag, double value)
    {
        if (!double.IsFinite(value))
            return;
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(number, (float)value);
        _value.SetLength(0);
        Text(_value, field: 1, tag);
        _value.WriteByte(Tag(2, Fixed32));
        _value.Write(number);

        // Summary { Value }: a message in a message.
        int length = (int)_value.Length;
        Begin(step);
        _event.WriteByte(Tag(5, Bytes));
        Number(_event, (ulong)(length + 1 + LengthOf((ulong)length)));
        _event.WriteByte(Tag(1, Bytes));
        Number(_event, (ulong)length);
        _event.Write(_value.GetBuffer(), 0, length);
        End();
    }

    public void Flush() => _stream.Flush();

    public void Dispose() => _stream.Dispose();

    /// <summary>CRC-32C, rotated and shifted, because a CRC of data that hold CRCs says little.</summary>
    internal static uint MaskedCrc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
            crc = BitOperations.Crc32C(crc, value);
        return unchecked(BitOperations.RotateRight(~crc, 15) + MaskDelta);
    }

    private static byte Tag(int field, byte kind) => (byte)((field << 3) | kind);

    private static int LengthOf(ulong value) => value < 0x80 ? 1 : 1 + LengthOf(value >> 7);

    private static void Number(MemoryStream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            stream.WriteByte((byte)(value | 0x80));
        stream.WriteByte((byte)value);
    }

    private static void Text(MemoryStream stream, int field, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        stream.WriteByte(Tag(field, Bytes));
        Number(stream, (ulong)bytes.Length);
        stream.Write(bytes);
    }

    private void Begin(long step)
    {
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(time, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0);
        _event.SetLength(0);
        _event.WriteByte(Tag(1, Fixed64));
        _event.Write(time);
        _event.WriteByte(Tag(2, Varint));
        Number(_event, (ulong)step);
    }

    private void End()
    {
        ReadOnlySpan<byte> data = _event.GetBuffer().AsSpan(0, (int)_event.Length);
        Span<byte> head = stackalloc byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(head, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], MaskedCrc(head[..8]));
        Span<byte> foot = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(foot, MaskedCrc(data));
        _stream.Write(head);
        _stream.Write(data);
        _stream.Write(foot);
    }
}
