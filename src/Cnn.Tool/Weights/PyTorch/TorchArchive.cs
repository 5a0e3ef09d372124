using System.IO.Compression;
using System.Text;
using Cnn.Tool.Importing;

namespace Cnn.Tool.Weights.PyTorch;

/// <summary>The format since PyTorch 1.6: a zip archive of a pickle and one file a storage.</summary>
internal sealed class TorchArchive : ITorchContainer
{
    private const int LongestPickle = 64 << 20;
    private const int MostEntries = 100_000;

    private readonly ZipArchive _archive;
    private readonly string _folder;

    public TorchArchive(Stream stream)
    {
        _archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        if (_archive.Entries.Count > MostEntries)
            throw new ImportException($"The archive has {_archive.Entries.Count:N0} entries; at most {MostEntries:N0} are read.");
        ZipArchiveEntry pickle = _archive.Entries.FirstOrDefault(entry => entry.FullName.EndsWith("/data.pkl", StringComparison.Ordinal)
            || entry.FullName == "data.pkl")
            ?? throw new ImportException("This zip archive has no data.pkl, so that it is none that torch.save wrote.");
        _folder = pickle.FullName[..^"data.pkl".Length];
        if (pickle.Length > stream.Length)
            throw new ImportException($"'{pickle.FullName}' is said to have {pickle.Length:N0} bytes, and the file has {stream.Length:N0}.");
        if (_archive.GetEntry(_folder + "constants.pkl") is not null)
            throw new ImportException("This is a TorchScript archive: save model.state_dict() with torch.save.");
        Root = new PickleReader(Content(pickle, LongestPickle)).Read();
    }

    public object? Root { get; }

    public byte[] Content(TorchStorage storage)
    {
        string? order = _archive.GetEntry(_folder + "byteorder") is { } entry ? Encoding.ASCII.GetString(Content(entry, 16)) : null;
        if (order is not (null or "little"))
            throw new ImportException($"The archive has the byte order '{order}'; little is read.");
        ZipArchiveEntry data = _archive.GetEntry($"{_folder}data/{storage.Key}")
            ?? throw new ImportException($"The storage '{storage.Key}' is missing from the archive.");
        return storage.Fits(data.Length)
            ? Content(data, Tensor.MostElements * sizeof(float))
            : throw new ImportException($"The storage '{storage.Key}' has {data.Length:N0} bytes; {storage.Length:N0} elements of {storage.Type.Name} take "
                + $"{storage.Length * (decimal)storage.Type.Size:N0}.");
    }

    public void Dispose() => _archive.Dispose();

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
}
