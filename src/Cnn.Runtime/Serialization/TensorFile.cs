using System.Diagnostics.CodeAnalysis;

namespace Cnn;

/// <summary>Named tensors and named texts, held in memory, as a safetensors file.</summary>
public sealed class TensorFile
{
    private readonly OrderedDictionary<string, NamedTensor> _tensors = [];
    private readonly string _source;

    /// <summary>An empty file.</summary>
    public TensorFile()
        : this("The tensor file")
    {
    }

    private TensorFile(string source) => _source = source;

    /// <summary>In the order in which they were added; in a file that was read, that of their data.</summary>
    public IReadOnlyCollection<NamedTensor> Tensors => _tensors.Values;

    /// <summary>The named texts.</summary>
    public OrderedDictionary<string, string> Metadata { get; private init; } = [];

    /// <summary>Adds numbers without copying them.</summary>
    /// <param name="name">Not taken yet, and not <c>__metadata__</c>.</param>
    /// <param name="shape">The axes; empty for a single number.</param>
    /// <param name="values">As many as the shape says, the last axis the fastest.</param>
    /// <exception cref="ArgumentException">The name is taken or reserved, or the shape does not fit.</exception>
    public void Add(string name, ReadOnlySpan<int> shape, float[] values) => Add(new NamedTensor(name, Widened(shape), values));

    /// <summary>Adds integers without copying them.</summary>
    /// <param name="name">Not taken yet, and not <c>__metadata__</c>.</param>
    /// <param name="shape">The axes; empty for a single number.</param>
    /// <param name="values">As many as the shape says, the last axis the fastest.</param>
    /// <exception cref="ArgumentException">The name is taken or reserved, or the shape does not fit.</exception>
    public void Add(string name, ReadOnlySpan<int> shape, long[] values) => Add(new NamedTensor(name, Widened(shape), values));

    /// <summary>A tensor that may be there.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tensor">The tensor, where there is one.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(string name, [NotNullWhen(true)] out NamedTensor? tensor) => _tensors.TryGetValue(name, out tensor);

    /// <summary>The numbers of a tensor that must be there.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">The shape that it must have.</param>
    /// <returns>The numbers, not copied.</returns>
    /// <exception cref="WeightsException">It is missing, has another shape or holds integers.</exception>
    public float[] Reals(string name, params ReadOnlySpan<int> shape)
        => Get(name, shape).Reals ?? throw new WeightsException($"{_source} does not fit: '{name}' holds integers; real numbers are needed.");

    /// <summary>The integers of a tensor that must be there.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">The shape that it must have.</param>
    /// <returns>The integers, not copied.</returns>
    /// <exception cref="WeightsException">It is missing, has another shape or holds real numbers.</exception>
    public long[] Integers(string name, params ReadOnlySpan<int> shape)
    {
        NamedTensor tensor = Get(name, shape);
        return tensor.Reals is null
            ? tensor.Integers
            : throw new WeightsException($"{_source} does not fit: '{name}' holds real numbers; integers are needed.");
    }

    /// <summary>
    /// The same tensors, with weights written in fewer bits: real ones with two axes or more. Biases and the numbers of norms are few, and stay
    /// floats.
    /// </summary>
    internal TensorFile StoredAs(WeightStorage storage)
    {
        var file = new TensorFile(_source) { Metadata = Metadata };
        foreach (NamedTensor tensor in _tensors.Values)
        {
            bool isWeight = tensor.Reals is not null && tensor.Shape.Length >= 2;
            file.Add(isWeight ? new NamedTensor(tensor.Name, [.. tensor.Shape], tensor.Reals!) { Storage = storage } : tensor);
        }

        return file;
    }

    /// <summary>Writes the file's content.</summary>
    /// <param name="stream">Written from where it stands; left open.</param>
    public void Write(Stream stream) => SafetensorsWriter.Write(stream, Metadata, _tensors.Values);

    /// <summary>Replaces a file as a whole or not at all.</summary>
    /// <param name="path">The file.</param>
    public void Write(string path) => AtomicFile.Write(path, Write);

    /// <summary>Reads a stream to its end; leaves it open.</summary>
    /// <param name="stream">Read from where it stands.</param>
    /// <returns>Its content.</returns>
    /// <exception cref="WeightsException">The stream is damaged, a number is not finite, or a tensor is of a type that is not supported.</exception>
    public static TensorFile Read(Stream stream) => Read(stream, "The stream");

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its content.</returns>
    /// <exception cref="WeightsException">The file is damaged, a number is not finite, or a tensor is of a type that is not supported.</exception>
    public static TensorFile Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Read(stream, $"'{path}'");
    }

    private static TensorFile Read(Stream stream, string source)
    {
        var reader = new SafetensorsReader(stream, source);
        var file = new TensorFile(source) { Metadata = reader.Metadata };
        var problems = new ProblemList();
        var scaled = new ScaledTensors(reader.Entries);
        foreach (TensorEntry entry in reader.Entries)
        {
            switch (entry.Type.Kind)
            {
                case ElementKind.Real when scaled.IsFactors(entry):
                    scaled.ReadFactors(reader, entry, problems);
                    break;
                case ElementKind.Other when scaled.IsWhole(entry):
                    float[] wholes = reader.ReadReals(entry);
                    scaled.Add(entry, wholes);
                    file.Add(new NamedTensor(entry.Name, entry.Shape, wholes));
                    break;
                case ElementKind.Real:
                    float[] reals = reader.ReadReals(entry);
                    problems.AddIfNotFinite(entry, reals);
                    file.Add(new NamedTensor(entry.Name, entry.Shape, reals));
                    break;
                case ElementKind.Integer:
                    file.Add(new NamedTensor(entry.Name, entry.Shape, reader.ReadIntegers(entry)));
                    break;
                default:
                    problems.Add($"'{entry.Name}' is of type {entry.Type}; only F32, F64, F16, BF16, I64, U64 and I32 can be read{ScaledTensors.Lack(entry)}");
                    reader.Skip(entry);
                    break;
            }
        }

        reader.Finish();
        scaled.Multiply(problems);
        problems.ThrowIfAny($"{source} cannot be used, and nothing was loaded:");
        return file;
    }

    private static long[] Widened(ReadOnlySpan<int> shape)
    {
        var widened = new long[shape.Length];
        for (int axis = 0; axis < shape.Length; axis++)
            widened[axis] = shape[axis];
        return widened;
    }

    private void Add(NamedTensor tensor)
    {
        if (tensor.Name == SafetensorsHeader.MetadataKey)
            throw new ArgumentException($"'{tensor.Name}' is reserved by the file format; choose another name.", nameof(tensor));
        if (!_tensors.TryAdd(tensor.Name, tensor))
            throw new ArgumentException($"There is a tensor '{tensor.Name}' already; choose another name.", nameof(tensor));
    }

    private NamedTensor Get(string name, ReadOnlySpan<int> shape)
    {
        if (!_tensors.TryGetValue(name, out NamedTensor? tensor))
            throw new WeightsException($"{_source} does not fit: '{name}' {ShapeFormat.Brackets(shape)} is missing.");
        bool fits = shape.Length == tensor.Shape.Length;
        for (int axis = 0; fits && axis < shape.Length; axis++)
            fits = shape[axis] == tensor.Shape[axis];
        if (!fits)
            throw new WeightsException(
                $"{_source} does not fit: '{name}' has the shape {ShapeFormat.Brackets(tensor.Shape)}; {ShapeFormat.Brackets(shape)} is needed.");
        return tensor;
    }
}
