using Cnn.Tool.Importing;

namespace Cnn.Tool.Weights.PyTorch;

/// <summary>What <c>torch.save</c> writes: a zip archive since PyTorch 1.6, or pickles with the storages behind them. Nothing in it is executed.</summary>
internal static class TorchFile
{
    private const int MostViews = 4;

    public static IReadOnlyList<(string Name, Tensor Values)> Read(string path, string? entry = null)
    {
        using FileStream stream = File.OpenRead(path);
        return Read(stream, entry);
    }

    /// <param name="stream">The file; can be sought in.</param>
    /// <param name="entry">Where in a checkpoint the state dict is, as <c>ema.model</c>; null where it is found without.</param>
    /// <exception cref="ImportException">The file is damaged, or has no state dict.</exception>
    public static IReadOnlyList<(string Name, Tensor Values)> Read(Stream stream, string? entry = null)
    {
        try
        {
            using ITorchContainer container = TorchPickles.IsAt(stream) ? new TorchPickles(stream) : new TorchArchive(stream);
            (string Name, TorchTensor Tensor)[] tensors = [.. Checkpoint.Tensors(container.Root, entry)];
            Dictionary<string, byte[]> storages = Storages(container, tensors, stream.Length);
            return [.. tensors.Select(tensor => (tensor.Name, tensor.Tensor.Decode(storages[tensor.Tensor.Storage.Key])))];
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw new ImportException($"The file is damaged: {exception.Message}", exception);
        }
    }

    /// <summary>The storages of the tensors. They and the tensors take no more memory than the file accounts for.</summary>
    private static Dictionary<string, byte[]> Storages(ITorchContainer container, IEnumerable<(string Name, TorchTensor Tensor)> tensors, long fileLength)
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
                storages[storage.Key] = content = container.Content(storage);
                stored += content.Length;
                if (stored > fileLength)
                    throw new ImportException(
                        $"The storages take {stored:N0} bytes and more, and the file has {fileLength:N0}: entries of the archive overlap.");
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
}
