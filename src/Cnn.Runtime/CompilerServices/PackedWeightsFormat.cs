using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Cnn.CompilerServices;

/// <summary>Packed weights as a resource. Little-endian: signature, version, storage, fingerprint and number of the floats, 32 bits each; then the floats.</summary>
internal static class PackedWeightsFormat
{
    /// <summary>How the floats are stored.</summary>
    internal enum Storage
    {
        /// <summary>As they are.</summary>
        Float32,
    }

    private const uint Signature = 0x574E4E43; // "CNNW"
    private const int Version = 1;
    private const int HeaderBytes = 20;

    /// <summary>Floats that are read at once: so many bytes fit into a span.</summary>
    private const int ChunkFloats = 1 << 20;

    /// <summary>Writes weights.</summary>
    /// <param name="stream">Written from where it stands; left open.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="fingerprint">Of how they are packed.</param>
    public static void Write(Stream stream, PackedWeights weights, uint fingerprint)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(header, Signature);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], (int)Storage.Float32);
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], fingerprint);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], weights.Length);
        stream.Write(header);
        byte[] bytes = new byte[ChunkFloats * sizeof(float)];
        for (Span<float> rest = weights.All; !rest.IsEmpty;)
        {
            Span<float> part = rest[..Math.Min(rest.Length, ChunkFloats)];
            for (int index = 0; index < part.Length; index++)
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(index * sizeof(float)), part[index]);
            stream.Write(bytes.AsSpan(0, part.Length * sizeof(float)));
            rest = rest[part.Length..];
        }
    }

    /// <summary>Reads weights.</summary>
    /// <param name="stream">Read from where it stands to its end.</param>
    /// <param name="source">What messages call it.</param>
    /// <param name="floats">How many floats there must be.</param>
    /// <param name="fingerprint">What the fingerprint must be.</param>
    /// <exception cref="WeightsException">It holds something else.</exception>
    public static PackedWeights Read(Stream stream, string source, int floats, uint fingerprint)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes || BinaryPrimitives.ReadUInt32LittleEndian(header) != Signature)
            throw new WeightsException($"{source} holds no packed weights: build the project anew.");
        int version = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        int storage = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        if (version != Version || storage != (int)Storage.Float32)
            throw new WeightsException($"{source} has version {version} with storage {storage}, and this version of Cnn reads version {Version} with storage {(int)Storage.Float32}: build the project anew with the Cnn that it runs with.");
        if (BinaryPrimitives.ReadUInt32LittleEndian(header[12..]) != fingerprint || BinaryPrimitives.ReadInt32LittleEndian(header[16..]) != floats)
            throw new WeightsException($"{source} was packed for another declaration of the network, or by another version of Cnn: build the project anew.");
        PackedWeights weights = new(floats);
        for (Span<float> rest = weights.All; !rest.IsEmpty;)
        {
            Span<float> part = rest[..Math.Min(rest.Length, ChunkFloats)];
            Span<byte> bytes = MemoryMarshal.AsBytes(part);
            if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
                throw new WeightsException($"{source} ends before its {floats} floats do: build the project anew.");
            if (!BitConverter.IsLittleEndian)
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<float, int>(part), MemoryMarshal.Cast<float, int>(part));
            rest = rest[part.Length..];
        }

        return weights;
    }
}
