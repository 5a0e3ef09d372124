using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cnn;

/// <summary>
/// Writes safetensors streams as the format's reference implementation does, and so byte for byte the same for the same tensors in the same order.
/// </summary>
internal static class SafetensorsWriter
{
    private const int Alignment = 8;

    /// <summary>Writes all tensors without holes, those of 8-byte elements first, so that each begins at a multiple of its element.</summary>
    /// <param name="stream">Written from where it stands; left open, not flushed.</param>
    /// <param name="metadata">May be empty.</param>
    /// <param name="tensors">In their order, names unique.</param>
    public static void Write(Stream stream, IReadOnlyDictionary<string, string> metadata, IEnumerable<NamedTensor> tensors)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Safetensors files are little-endian, and this machine is not. Save them on an x64 or Arm64 machine.");
        StoredElements[] ordered = [.. tensors.SelectMany(StoredElements.Of).OrderByDescending(tensor => tensor.Type.Size)];
        stream.Write(Header(metadata, ordered));
        foreach (StoredElements tensor in ordered)
            tensor.Write(stream);
    }

    private static ReadOnlySpan<byte> Header(IReadOnlyDictionary<string, string> metadata, StoredElements[] tensors)
    {
        var buffer = new ArrayBufferWriter<byte>();
        BinaryPrimitives.WriteUInt64LittleEndian(buffer.GetSpan(sizeof(ulong)), 0);
        buffer.Advance(sizeof(ulong));
        // Escapes only what JSON needs, as the reference implementation; nobody puts this text into a web page.
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            WriteEntries(json, tensors);
            json.WriteEndObject();
        }

        int padding = -buffer.WrittenCount & (Alignment - 1);
        buffer.GetSpan(Alignment)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        Span<byte> header = MemoryMarshal.AsMemory(buffer.WrittenMemory).Span;
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)(header.Length - sizeof(ulong)));
        return header;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Count == 0)
            return;
        json.WriteStartObject(SafetensorsHeader.MetadataKey);
        foreach ((string key, string value) in metadata)
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void WriteEntries(Utf8JsonWriter json, StoredElements[] tensors)
    {
        long offset = 0;
        foreach (StoredElements tensor in tensors)
        {
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", tensor.Type.Name);
            json.WriteStartArray("shape");
            foreach (long axis in tensor.Shape)
                json.WriteNumberValue(axis);
            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(offset);
            offset += tensor.Elements.LongLength * tensor.Type.Size;
            json.WriteNumberValue(offset);
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }
}
