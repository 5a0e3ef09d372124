using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Cnn;

/// <summary>Reads a safetensors stream once, from front to back, and believes nothing that the stream does not bear out.</summary>
/// <remarks>
/// Format: 8 bytes little-endian header length, the JSON header, the tensors. Memory stays within a small multiple of what the stream
/// really holds: where the length of the stream is known it is checked first, and otherwise buffers grow as bytes arrive.
/// </remarks>
internal sealed class SafetensorsReader
{
    private const int ChunkBytes = 1 << 16;

    private readonly Stream _stream;
    private readonly string _source;
    private readonly SafetensorsHeader _header;
    private readonly bool _lengthIsKnown;
    private byte[]? _chunk;

    /// <summary>Reads and checks the header.</summary>
    /// <param name="stream">Read from where it stands; left open.</param>
    /// <param name="source">What messages call it, such as a path in quotes.</param>
    /// <param name="mayEndEarly">Whether a stream that is too short is read as far as it goes, so that the tensor in which it ends is known.</param>
    /// <exception cref="WeightsException">The header is damaged, or the stream is not as long as the header says.</exception>
    public SafetensorsReader(Stream stream, string source, bool mayEndEarly = false)
    {
        _stream = stream;
        _source = source;
        _lengthIsKnown = stream.CanSeek && !mayEndEarly;
        _header = SafetensorsHeader.Parse(ReadHeader(), source);
        if (_lengthIsKnown)
            CheckDataLength(Remaining);
    }

    /// <summary>The tensors in the order of their data, which is the order in which they must be read.</summary>
    public IReadOnlyList<TensorEntry> Entries => _header.Entries;

    public OrderedDictionary<string, string> Metadata => _header.Metadata;

    private long Remaining => Math.Max(0, _stream.Length - _stream.Position);

    public static WeightsException Damaged(string source, string what, Exception? inner = null)
        => new($"{source} is not a whole safetensors file: {what}. Nothing was loaded; take an undamaged copy, or save it anew.", inner);

    /// <summary>Reads the next tensor's numbers.</summary>
    /// <param name="entry">The next tensor, of kind <see cref="ElementKind.Real"/>.</param>
    /// <param name="destination">As long as the tensor.</param>
    public void ReadReals(TensorEntry entry, Span<float> destination)
    {
        bool needsNoConversion = entry.Type == ElementType.F32 && BitConverter.IsLittleEndian;
        while (!destination.IsEmpty)
        {
            int count = Math.Min(destination.Length, ChunkBytes / entry.Type.Size);
            if (needsNoConversion)
                Fill(MemoryMarshal.AsBytes(destination[..count]), entry);
            else
                ElementConversion.ToSingles(entry.Type, ReadBytes(entry, (long)count * entry.Type.Size), destination[..count]);
            destination = destination[count..];
        }
    }

    /// <summary>Reads the next tensor's integers.</summary>
    /// <param name="entry">The next tensor, of kind <see cref="ElementKind.Integer"/>.</param>
    /// <param name="destination">As long as the tensor.</param>
    public void ReadIntegers(TensorEntry entry, Span<long> destination)
    {
        while (!destination.IsEmpty)
        {
            int count = Math.Min(destination.Length, ChunkBytes / entry.Type.Size);
            if (!ElementConversion.TryToIntegers(entry.Type, ReadBytes(entry, (long)count * entry.Type.Size), destination[..count]))
                throw Damaged(_source, $"tensor '{entry.Name}' has a number above {long.MaxValue}");
            destination = destination[count..];
        }
    }

    /// <summary>The next tensor's numbers, in an array that grows with the stream where its length is not known.</summary>
    public float[] ReadReals(TensorEntry entry) => ReadGrowing<float>(entry, (tensor, span) => ReadReals(tensor, span));

    /// <inheritdoc cref="ReadReals(TensorEntry)"/>
    public long[] ReadIntegers(TensorEntry entry) => ReadGrowing<long>(entry, (tensor, span) => ReadIntegers(tensor, span));

    /// <summary>Passes over the next tensor.</summary>
    public void Skip(TensorEntry entry)
    {
        long bytes = entry.End - entry.Begin;
        if (_lengthIsKnown)
        {
            _stream.Seek(bytes, SeekOrigin.Current);
            return;
        }

        for (long skipped = 0; skipped < bytes;)
            skipped += ReadBytes(entry, bytes - skipped).Length;
    }

    /// <summary>To be called after the last tensor: nothing may follow.</summary>
    public void Finish()
    {
        if (_stream.ReadByte() >= 0)
            throw Damaged(_source, $"more bytes follow the {CountFormat.Of(_header.DataLength, "byte")} of tensors that the header lists");
    }

    // The next size of a buffer that has been filled so far: doubled, as far as the claimed length.
    private static long Grown(long claimed, long filled) => Math.Min(claimed, Math.Max(ChunkBytes, 2 * filled));

    private T[] ReadGrowing<T>(TensorEntry entry, Action<TensorEntry, Span<T>> read)
    {
        if (entry.Length > Array.MaxLength)
            throw Damaged(_source,
                $"tensor '{entry.Name}' has {CountFormat.Of(entry.Length, "element")}, more than the {Array.MaxLength} of the largest array");
        var values = new T[_lengthIsKnown ? entry.Length : Grown(entry.Length, 0)];
        read(entry, values);
        for (int done = values.Length; done < entry.Length; done = values.Length)
        {
            Array.Resize(ref values, (int)Grown(entry.Length, done));
            read(entry, values.AsSpan(done));
        }

        return values;
    }

    private byte[] ReadHeader()
    {
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        int found = _stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false);
        if (found < prefix.Length)
            throw Damaged(_source, $"it has {CountFormat.Of(found, "byte")}, and the length of the header alone takes 8");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > SafetensorsHeader.LargestLength)
            throw Damaged(_source, $"its header claims {CountFormat.Of(length, "byte")}, and at most {SafetensorsHeader.LargestLength} are allowed");
        if (_lengthIsKnown && Remaining < (long)length)
            throw Damaged(_source, $"its header claims {CountFormat.Of(length, "byte")}, and {Remaining} follow");

        var header = new byte[_lengthIsKnown ? (long)length : Grown((long)length, 0)];
        int done = _stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        while (done == header.Length && done < (int)length)
        {
            Array.Resize(ref header, (int)Grown((long)length, done));
            done += _stream.ReadAtLeast(header.AsSpan(done), header.Length - done, throwOnEndOfStream: false);
        }

        return done == (int)length ? header : throw Damaged(_source, $"its header claims {CountFormat.Of(length, "byte")}, and {done} follow");
    }

    private void CheckDataLength(long following)
    {
        if (following < _header.DataLength)
            throw Damaged(_source, $"its tensors need {CountFormat.Of(_header.DataLength, "byte")}, and {following} follow the header");
        if (following > _header.DataLength)
            throw Damaged(_source, $"its tensors need {CountFormat.Of(_header.DataLength, "byte")}, and {following} follow the header; "
                + $"{following - _header.DataLength} are too many");
    }

    private ReadOnlySpan<byte> ReadBytes(TensorEntry entry, long most)
    {
        _chunk ??= new byte[ChunkBytes];
        Span<byte> chunk = _chunk.AsSpan(0, (int)Math.Min(most, ChunkBytes));
        Fill(chunk, entry);
        return chunk;
    }

    private void Fill(Span<byte> bytes, TensorEntry entry)
    {
        if (_stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw Damaged(_source, $"it ends inside tensor '{entry.Name}', whose last byte is {entry.End - 1} after the header");
    }
}
