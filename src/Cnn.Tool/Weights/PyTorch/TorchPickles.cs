using System.Buffers.Binary;
using System.Numerics;
using Cnn.Tool.Importing;

namespace Cnn.Tool.Weights.PyTorch;

/// <summary>
/// The format before PyTorch 1.6, which <c>_use_new_zipfile_serialization=False</c> still writes: pickles of a magic number, a version, the machine, what was
/// saved and the keys of the storages; then these, in the order of the keys, each a count of elements and the elements.
/// </summary>
internal sealed class TorchPickles : ITorchContainer
{
    private const int LongestPickles = 64 << 20;
    private const long Version = 1001;

    private static readonly BigInteger Magic = BigInteger.Parse("119547037146038801333356", System.Globalization.CultureInfo.InvariantCulture);

    private readonly Stream _stream;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly string[] _keys;
    private readonly List<long> _starts;
    private readonly Dictionary<string, TorchStorage> _storages = new(StringComparer.Ordinal);

    public TorchPickles(Stream stream)
    {
        _stream = stream;
        stream.Position = 0;
        byte[] start = new byte[Math.Min(stream.Length, LongestPickles)];
        stream.ReadExactly(start);
        PickleReader reader = new(start);
        if (reader.Read() is not BigInteger magic || magic != Magic)
            throw new ImportException("The file is a pickle, but none that torch.save wrote: save model.state_dict() with torch.save.");
        if (reader.Read() is not Version)
            throw new ImportException($"The file was written by another version of torch.save than {Version}; save model.state_dict() anew.");
        if (reader.Read() is not PickleDictionary machine || machine.TryGet("little_endian") is not true)
            throw new ImportException("The file was written on a machine with another order of bytes, or is damaged; save model.state_dict() anew.");
        Root = reader.Read();
        _keys = reader.Read() is List<object?> keys && keys.All(key => key is string)
            ? [.. keys.Cast<string>()]
            : throw new ImportException("The file has no list of storages behind what was saved: it is damaged.");
        for (int index = 0; index < _keys.Length; index++)
            _places[_keys[index]] = index;
        foreach (TorchStorage storage in reader.Storages)
            _storages.TryAdd(storage.Key, storage);
        _starts = [reader.Position];
    }

    public object? Root { get; }

    /// <summary>Whether a file begins as a pickle.</summary>
    public static bool IsAt(Stream stream)
    {
        Span<byte> start = stackalloc byte[2];
        stream.Position = 0;
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return IsStart(start[..read]);
    }

    /// <summary>Whether bytes are those with which a pickle begins.</summary>
    public static bool IsStart(ReadOnlySpan<byte> start) => start is [0x80, > 0 and < 6, ..];

    public byte[] Content(TorchStorage storage)
    {
        if (!_places.TryGetValue(storage.Key, out int place))
            throw new ImportException($"The storage '{storage.Key}' is missing from the file.");
        // Each begins where the one before it ends, which says by itself how long it is.
        while (_starts.Count <= place)
            _starts.Add(End(_starts.Count - 1));
        CheckedEnd(place, storage);
        byte[] content = new byte[storage.Length * storage.Type.Size];
        _stream.Position = _starts[place] + sizeof(long);
        _stream.ReadExactly(content);
        return content;
    }

    public void Dispose()
    {
    }

    private long End(int place) => _storages.TryGetValue(_keys[place], out TorchStorage? storage)
        ? CheckedEnd(place, storage)
        : throw new ImportException($"The storage '{_keys[place]}' has a type that is not known, so that what lies behind it cannot be found.");

    private long CheckedEnd(int place, TorchStorage storage)
    {
        Span<byte> count = stackalloc byte[sizeof(long)];
        _stream.Position = _starts[place];
        _stream.ReadExactly(count);
        long length = BinaryPrimitives.ReadInt64LittleEndian(count);
        long left = _stream.Length - _stream.Position;
        return length == storage.Length && length <= Tensor.MostElements && length * storage.Type.Size <= left
            ? _stream.Position + (length * storage.Type.Size)
            : throw new ImportException($"The storage '{storage.Key}' is said to have {storage.Length:N0} elements of {storage.Type.Name}; the file has "
                + $"{length:N0} elements and {left:N0} bytes there.");
    }
}
