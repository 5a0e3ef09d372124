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
    private const int MostViews = 4;

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
            ZipArchiveEntry pickle = archive.Entries.FirstOrDefault(entry => entry.FullName.EndsWith("/data.pkl", StringComparison.Ordinal)
                || entry.FullName == "data.pkl")
                ?? throw new ImportException("This zip archive has no data.pkl, so that it is none that torch.save wrote.");
            string folder = pickle.FullName[..^"data.pkl".Length];
            if (pickle.Length > stream.Length)
                throw new ImportException($"'{pickle.FullName}' is said to have {pickle.Length:N0} bytes, and the file has {stream.Length:N0}.");
            object? root = new PickleReader(Content(pickle, LongestPickle)).Read();
            (string Name, TorchTensor Tensor)[] tensors = [.. Tensors(root)];
            Dictionary<string, byte[]> storages = Storages(archive, folder, tensors, stream.Length);
            return [.. tensors.Select(tensor => (tensor.Name, tensor.Tensor.Decode(storages[tensor.Tensor.Storage.Key])))];
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw new ImportException($"The archive is damaged: {exception.Message}", exception);
        }
    }

    /// <summary>The storages of the tensors. They and the tensors take no more memory than the file accounts for.</summary>
    private static Dictionary<string, byte[]> Storages(ZipArchive archive, string folder,
        IEnumerable<(string Name, TorchTensor Tensor)> tensors, long fileLength)
    {
        Dictionary<string, byte[]> storages = new(StringComparer.Ordinal);
        long stored = 0;
        long viewed = 0;
        foreach ((string name, TorchTensor tensor) in tensors)
        {
            TorchStorage storage = tensor.Storage;
            viewed += tensor.CheckedLength(name) * storage.Type.Size;
            if (!storages.TryGetValue(storage.Key, out byte[]? content))
            {
                ZipArchiveEntry entry = Entry(archive, folder, storage);
                CheckPlain(entry);
                stored += entry.Length;
                if (stored > fileLength)
                    throw new ImportException(
                        $"The storages take {stored:N0} bytes and more, and the file has {fileLength:N0}: entries of the archive overlap.");
                storages[storage.Key] = content = Content(entry, Tensor.MostElements * sizeof(float));
            }

            if (!storage.Fits(content.Length))
                throw new ImportException(
                    $"The storage '{storage.Key}' is said to have {storage.Length:N0} elements of {storage.Type.Name}, and something else before.");
        }

        // Tied weights are views of one storage.
        return viewed <= MostViews * stored
            ? storages
            : throw new ImportException(
                $"The tensors take {viewed:N0} bytes, and their storages {stored:N0}: more than {MostViews} views of each are not read.");
    }

    private static ZipArchiveEntry Entry(ZipArchive archive, string folder, TorchStorage storage)
    {
        string? order = archive.GetEntry(folder + "byteorder") is { } entry ? System.Text.Encoding.ASCII.GetString(Content(entry, 16)) : null;
        if (order is not (null or "little"))
            throw new ImportException($"The archive has the byte order '{order}'; little is read.");
        ZipArchiveEntry data = archive.GetEntry($"{folder}data/{storage.Key}")
            ?? throw new ImportException($"The storage '{storage.Key}' is missing from the archive.");
        return storage.Fits(data.Length)
            ? data
            : throw new ImportException($"The storage '{storage.Key}' has {data.Length:N0} bytes; {storage.Length:N0} elements of {storage.Type.Name} take "
                + $"{storage.Length * (decimal)storage.Type.Size:N0}.");
    }

    /// <summary>torch.save compresses nothing; what is compressed could unpack to any size.</summary>
    private static void CheckPlain(ZipArchiveEntry entry)
    {
        if (entry.CompressedLength != entry.Length)
            throw new ImportException(
                $"'{entry.FullName}' is compressed ({entry.CompressedLength:N0} bytes for {entry.Length:N0}), and torch.save compresses nothing.");
    }

    private static byte[] Content(ZipArchiveEntry entry, long most)
    {
        CheckPlain(entry);
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
internal sealed record TorchStorage(TorchType Type, string Key, long Length)
{
    /// <summary>Whether a number of bytes is that of the elements.</summary>
    public bool Fits(long bytes) => bytes % Type.Size == 0 && bytes / Type.Size == Length;
}

/// <summary>A type of elements, called after its storage class.</summary>
internal sealed record TorchType(string Name, int Size)
{
    public static readonly TorchType[] Known =
    [
        new("FloatStorage", 4), new("DoubleStorage", 8), new("HalfStorage", 2), new("BFloat16Storage", 2), new("LongStorage", 8),
        new("IntStorage", 4), new("ShortStorage", 2),
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
        if (Strides.Length != Shape.Length || Offset < 0 || Offset > Storage.Length || Strides.Any(stride => stride is < 0 or > Tensor.MostElements))
            throw new ImportException(
                $"The tensor '{name}' has the shape {Tensor.Text(Shape)}, the strides {Tensor.Text(Strides)} and the offset {Offset}, which is no view.");
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
