using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace Cnn;

/// <summary>
/// The JSON header of a safetensors file, checked: names are unique, and the tensors fill the data area from its start without holes or overlaps.
/// </summary>
/// <remarks>
/// The rules are those of the format's reference implementation (github.com/huggingface/safetensors), so that what is read here is
/// read there and the other way round. It is parsed token by token: nothing in a hostile header can recurse or be instantiated.
/// </remarks>
internal sealed class SafetensorsHeader
{
    /// <summary>The reserved key of the map from text to text.</summary>
    public const string MetadataKey = "__metadata__";

    /// <summary>The longest header that the reference implementation reads.</summary>
    public const int LargestLength = 100_000_000;

    // A tensor's data is at depth 3; a reader of this format has no use for more, except for keys that it skips.
    private const int LargestDepth = 16;

    private readonly List<TensorEntry> _entries = [];
    private readonly string _source;

    private SafetensorsHeader(string source) => _source = source;

    /// <summary>The tensors in the order of their data.</summary>
    public IReadOnlyList<TensorEntry> Entries => _entries;

    public OrderedDictionary<string, string> Metadata { get; } = [];

    /// <summary>The bytes that follow the header.</summary>
    public long DataLength { get; private set; }

    /// <summary>Parses and checks a header.</summary>
    /// <param name="json">The header without its length.</param>
    /// <param name="source">What messages call the file.</param>
    /// <exception cref="WeightsException">The header breaks a rule of the format.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, string source)
    {
        var header = new SafetensorsHeader(source);
        if (!Utf8.IsValid(json))
            throw header.Damaged("its header is not valid UTF-8");
        if (json.IsEmpty || json[0] != (byte)'{')
            throw header.Damaged("its header does not begin with '{'");
        try
        {
            header.ReadObject(json);
        }
        catch (JsonException exception)
        {
            throw header.Damaged($"its header is not valid JSON ({exception.Message})", exception);
        }
        catch (InvalidOperationException exception)
        {
            // The reader says so of text with half a surrogate pair, which is valid UTF-8 and valid JSON but no text.
            throw header.Damaged("its header has an escape that is no character", exception);
        }

        header.CheckLayout();
        return header;
    }

    private void ReadObject(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = LargestDepth });
        var names = new HashSet<string>(StringComparer.Ordinal);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            if (!names.Add(name))
                throw Damaged($"its header has '{name}' twice");
            reader.Read();
            if (name == MetadataKey)
                ReadMetadata(ref reader);
            else
                _entries.Add(ReadEntry(ref reader, name));
        }

        // Reads to the end, so that anything behind the closing brace is found by the JSON reader.
        reader.Read();
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Damaged($"'{MetadataKey}' is not a map from text to text");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
                throw Damaged($"'{MetadataKey}' has a value for '{key}' that is not text");
            if (!Metadata.TryAdd(key, reader.GetString()!))
                throw Damaged($"'{MetadataKey}' has '{key}' twice");
        }
    }

    private TensorEntry ReadEntry(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Damaged($"tensor '{name}' is not described by an object");
        string? typeName = null;
        long[]? shape = null;
        long[]? offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            bool isRepeated = key switch
            {
                "dtype" => typeName is not null,
                "shape" => shape is not null,
                "data_offsets" => offsets is not null,
                _ => false,
            };
            if (isRepeated)
                throw Damaged($"tensor '{name}' has '{key}' twice");
            switch (key)
            {
                case "dtype":
                    typeName = reader.TokenType == JsonTokenType.String ? reader.GetString() : throw Damaged($"tensor '{name}' has a dtype that is not text");
                    break;
                case "shape":
                    shape = ReadNumbers(ref reader, name, key);
                    break;
                case "data_offsets":
                    offsets = ReadNumbers(ref reader, name, key);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return Describe(name, typeName, shape, offsets);
    }

    private long[] ReadNumbers(ref Utf8JsonReader reader, string name, string key)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Damaged($"tensor '{name}' has a {key} that is not a list of numbers");
        var numbers = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number))
                throw Damaged($"tensor '{name}' has a {key} with an element that is not a 64-bit integer");
            if (number < 0)
                throw Damaged(string.Create(CultureInfo.InvariantCulture, $"tensor '{name}' has a {key} with the negative number {number}"));
            numbers.Add(number);
        }

        return [.. numbers];
    }

    private TensorEntry Describe(string name, string? typeName, long[]? shape, long[]? offsets)
    {
        if (typeName is null || shape is null || offsets is null)
        {
            string lack = typeName is null ? "dtype" : shape is null ? "shape" : "data_offsets";
            throw Damaged($"tensor '{name}' has no {lack}");
        }

        ElementType type = ElementType.Find(typeName) ?? throw Damaged($"tensor '{name}' has the dtype '{typeName}', which is not known");
        if (offsets.Length != 2)
            throw Damaged($"tensor '{name}' has {offsets.Length} data_offsets where 2 are needed");
        if (offsets[1] < offsets[0])
            throw Damaged($"tensor '{name}' ends at byte {offsets[1]}, before its begin at {offsets[0]}");
        var entry = new TensorEntry(name, type, shape, offsets[0], offsets[1]);
        Int128 needed = type.Size;
        foreach (long axis in shape)
        {
            // The largest product that can occur here is 2^63 times 2^63, which still fits.
            needed *= axis;
            if (needed > long.MaxValue)
                throw Damaged($"tensor '{name}' has the shape {entry.ShapeText}, which is too large for any file");
        }

        if (needed != entry.End - entry.Begin)
            throw Damaged($"tensor '{name}' takes {CountFormat.Of(entry.End - entry.Begin, "byte")} in the file, but {type} {entry.ShapeText} needs {needed}");
        return entry;
    }

    private void CheckLayout()
    {
        _entries.Sort(static (left, right) => left.Begin != right.Begin ? left.Begin.CompareTo(right.Begin) : left.End.CompareTo(right.End));
        string before = "the header";
        foreach (TensorEntry entry in _entries)
        {
            if (entry.Begin < DataLength)
                throw Damaged($"tensor '{entry.Name}' begins at byte {entry.Begin} and overlaps {before}, which ends at {DataLength}");
            if (entry.Begin > DataLength)
                throw Damaged($"tensor '{entry.Name}' begins at byte {entry.Begin} and leaves a hole after {before}, which ends at {DataLength}");
            DataLength = entry.End;
            before = $"'{entry.Name}'";
        }
    }

    private WeightsException Damaged(string what, Exception? inner = null) => SafetensorsReader.Damaged(_source, what, inner);
}
