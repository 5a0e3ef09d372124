using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Cnn.Tool.Importing;

namespace Cnn.Tool.Weights.PyTorch;

/// <summary>What <c>torch.save</c> writes since PyTorch 1.6: a zip archive of a pickle and one file a storage. Nothing in it is executed.</summary>
internal static class TorchFile
{
    private const int LongestPickle = 64 << 20;
    private const int MostEntries = 100_000;

    private static readonly string[] Wrappers = ["state_dict", "model_state_dict", "model"];

    public static IReadOnlyList<(string Name, Tensor Values)> Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Read(stream);
    }

    /// <exception cref="ImportException">The archive is damaged, or is no state dict of plain tensors.</exception>
    public static IReadOnlyList<(string Name, Tensor Values)> Read(Stream stream)
    {
        try
        {
            using ZipArchive archive = new(stream, ZipArchiveMode.Read, leaveOpen: true);
            if (archive.Entries.Count > MostEntries)
                throw new ImportException($"The archive has {archive.Entries.Count:N0} entries; at most {MostEntries:N0} are read.");
            ZipArchiveEntry pickle = archive.Entries.FirstOrDefault(entry => entry.FullName.EndsWith("/data.pkl", StringComparison.Ordinal) || entry.FullName == "data.pkl")
                ?? throw new ImportException("This zip archive has no data.pkl, so that it is none that torch.save wrote.");
            string folder = pickle.FullName[..^"data.pkl".Length];
            object? root = new PickleReader(Content(pickle, LongestPickle)).Read();
            Dictionary<string, byte[]> storages = new(StringComparer.Ordinal);
            long elements = 0;
            List<(string, Tensor)> tensors = [];
            foreach ((string name, TorchTensor tensor) in Tensors(root))
            {
                elements += tensor.CheckedLength(name);
                if (elements > 2 * Tensor.MostElements)
                    throw new ImportException($"The tensors have more than {2 * Tensor.MostElements:N0} elements together; that many are not read.");
                if (!storages.TryGetValue(tensor.Storage.Key, out byte[]? bytes))
                    storages[tensor.Storage.Key] = bytes = Storage(archive, folder, tensor.Storage);
                tensors.Add((name, tensor.Decode(bytes)));
            }

            return tensors;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw new ImportException($"The archive is damaged: {exception.Message}", exception);
        }
    }

    private static byte[] Storage(ZipArchive archive, string folder, TorchStorage storage)
    {
        string? order = archive.GetEntry(folder + "byteorder") is { } entry ? System.Text.Encoding.ASCII.GetString(Content(entry, 16)) : null;
        if (order is not (null or "little"))
            throw new ImportException($"The archive has the byte order '{order}'; little is read.");
        ZipArchiveEntry data = archive.GetEntry($"{folder}data/{storage.Key}") ?? throw new ImportException($"The storage '{storage.Key}' is missing from the archive.");
        if (data.Length != storage.Length * storage.Type.Size)
            throw new ImportException($"The storage '{storage.Key}' has {data.Length:N0} bytes; {storage.Length} elements of {storage.Type.Name} take {storage.Length * storage.Type.Size:N0}.");
        return Content(data, Tensor.MostElements * sizeof(float));
    }

    /// <summary>torch.save compresses nothing; what is compressed could unpack to any size.</summary>
    private static byte[] Content(ZipArchiveEntry entry, long most)
    {
        if (entry.CompressedLength != entry.Length)
            throw new ImportException($"'{entry.FullName}' is compressed ({entry.CompressedLength:N0} bytes for {entry.Length:N0}), and torch.save compresses nothing.");
        if (entry.Length > most)
            throw new ImportException($"'{entry.FullName}' has {entry.Length:N0} bytes; at most {most:N0} are read.");
        byte[] content = new byte[entry.Length];
        using Stream stream = entry.Open();
        stream.ReadExactly(content);
        return content;
    }

    /// <summary>The tensors of a state dict, or of the one inside a checkpoint.</summary>
    private static IEnumerable<(string, TorchTensor)> Tensors(object? root)
    {
        if (root is not PickleDictionary dictionary)
            throw new ImportException("The file holds no state dict: save model.state_dict(), not the model.");
        foreach (string wrapper in Wrappers)
        {
            if (dictionary.TryGet(wrapper) is PickleDictionary inner)
                return Tensors(inner);
        }

        return [.. dictionary.Items.Select(item => item switch
        {
            (string name, TorchTensor tensor) => (name, tensor),
            (string name, _) => throw new ImportException($"'{name}' is no tensor: save model.state_dict() alone."),
            _ => throw new ImportException("A state dict has names as keys, and this has something else."),
        })];
    }
}

/// <summary>The elements that tensors are views of.</summary>
/// <param name="Type">Of the elements.</param>
/// <param name="Key">The entry in the archive.</param>
/// <param name="Length">In elements.</param>
internal sealed record TorchStorage(TorchType Type, string Key, long Length);

/// <summary>A type of elements, called after its storage class.</summary>
internal sealed record TorchType(string Name, int Size)
{
    public static readonly TorchType[] Known =
    [
        new("FloatStorage", 4), new("DoubleStorage", 8), new("HalfStorage", 2), new("BFloat16Storage", 2), new("LongStorage", 8), new("IntStorage", 4), new("ShortStorage", 2),
        new("CharStorage", 1), new("ByteStorage", 1), new("BoolStorage", 1),
    ];
}

/// <summary>A view of a storage.</summary>
internal sealed record TorchTensor(TorchStorage Storage, long Offset, long[] Shape, long[] Strides)
{
    /// <exception cref="ImportException">The view leaves its storage, or has more elements than that.</exception>
    public long CheckedLength(string name)
    {
        int length = Tensor.CheckedLength(Shape);
        if (Strides.Length != Shape.Length || Offset < 0 || Strides.Any(stride => stride is < 0 or > Tensor.MostElements))
            throw new ImportException($"The tensor '{name}' has the shape {Tensor.Text(Shape)}, the strides {Tensor.Text(Strides)} and the offset {Offset}, which is no view.");
        // Both factors are bounded, so that nothing overflows; and a plain tensor repeats no element.
        long last = Offset + Shape.Zip(Strides, (axis, stride) => Math.Max(0, axis - 1) * stride).Sum();
        if (length > Storage.Length || (length > 0 && last >= Storage.Length))
            throw new ImportException($"The tensor '{name}' reaches element {last} of a storage with {Storage.Length}.");
        return length;
    }

    public Tensor Decode(byte[] bytes)
    {
        int[] shape = Tensor.CheckedShape(Shape);
        int[] contiguous = Tensor.Strides(shape);
        int length = Tensor.CheckedLength(Shape);
        bool isReal = Storage.Type.Name is "FloatStorage" or "DoubleStorage" or "HalfStorage" or "BFloat16Storage";
        if (Storage.Type.Name == "FloatStorage" && BitConverter.IsLittleEndian && Strides.Select(stride => (int)stride).SequenceEqual(contiguous))
            return Tensor.OfReals(shape, MemoryMarshal.Cast<byte, float>(bytes).Slice((int)Offset, length).ToArray());
        float[] reals = new float[isReal ? length : 0];
        long[] integers = new long[isReal ? 0 : length];
        for (int index = 0; index < length; index++)
        {
            long position = Offset;
            for (int axis = 0; axis < shape.Length; axis++)
                position += index / contiguous[axis] % shape[axis] * Strides[axis];
            ReadOnlySpan<byte> element = bytes.AsSpan((int)(position * Storage.Type.Size), Storage.Type.Size);
            if (isReal)
                reals[index] = Real(element);
            else
                integers[index] = Integer(element);
        }

        return isReal ? Tensor.OfReals(shape, reals) : Tensor.OfIntegers(shape, integers);
    }

    private float Real(ReadOnlySpan<byte> element) => Storage.Type.Name switch
    {
        "FloatStorage" => BinaryPrimitives.ReadSingleLittleEndian(element),
        "DoubleStorage" => (float)BinaryPrimitives.ReadDoubleLittleEndian(element),
        "HalfStorage" => (float)BinaryPrimitives.ReadHalfLittleEndian(element),
        _ => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(element) << 16),
    };

    private static long Integer(ReadOnlySpan<byte> element) => element.Length switch
    {
        8 => BinaryPrimitives.ReadInt64LittleEndian(element),
        4 => BinaryPrimitives.ReadInt32LittleEndian(element),
        2 => BinaryPrimitives.ReadInt16LittleEndian(element),
        _ => element[0],
    };
}
