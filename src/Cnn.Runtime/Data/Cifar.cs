namespace Cnn.Data;

/// <summary>
/// Reads CIFAR-10 and CIFAR-100 in their binary versions (Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009), plain or gzipped.
/// </summary>
/// <remarks>
/// Format: records of 1 label byte (CIFAR-100: 2, the coarse and the fine class) and 3,072 pixels: a plane of 32x32 for red, green and blue each. Images
/// have the shape <c>[3, 32, 32]</c>.
/// </remarks>
public static class Cifar
{
    private const int Side = 32;
    private const int ImageLength = 3 * Side * Side;

    private static readonly string[] TrainStems = ["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5"];

    /// <summary>The classes of CIFAR-10, in the order of their labels.</summary>
    public static IReadOnlyList<string> Classes10 { get; } = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>Reads one part of CIFAR-10.</summary>
    /// <param name="folder">
    /// Holds <c>data_batch_1.bin</c> to <c>data_batch_5.bin</c> or some of them, and <c>test_batch.bin</c>, each plain or with <c>.gz</c>.
    /// </param>
    /// <param name="part">Training: all the batches that are there, in their order.</param>
    /// <returns>The images and their classes, 0 to 9.</returns>
    /// <exception cref="FileNotFoundException">No file of the part is there; the message lists the names that were looked for.</exception>
    /// <exception cref="DataFormatException">A file is damaged; the message names the record.</exception>
    public static ImageDataset Load10(string folder, DatasetPart part)
    {
        string[] stems = part == DatasetPart.Train ? TrainStems : ["test_batch"];
        string[] paths = [.. stems.Select(stem => Find(folder, stem)).OfType<string>()];
        if (paths.Length == 0)
            throw DataFolder.Missing(folder, [.. stems.SelectMany(Names)]);
        return Load(paths, labelBytes: 1, label: 0, classCount: 10);
    }

    /// <summary>Reads one part of CIFAR-100.</summary>
    /// <param name="folder">Holds <c>train.bin</c> and <c>test.bin</c>, each plain or with <c>.gz</c>.</param>
    /// <param name="part">Which part.</param>
    /// <param name="coarse">Whether to take the 20 superclasses instead of the 100 classes. Default false.</param>
    /// <returns>The images and their classes, 0 to 99 or 0 to 19.</returns>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    /// <exception cref="DataFormatException">The file is damaged; the message names the record.</exception>
    public static ImageDataset Load100(string folder, DatasetPart part, bool coarse = false)
    {
        string stem = part == DatasetPart.Train ? "train" : "test";
        string path = Find(folder, stem) ?? throw DataFolder.Missing(folder, Names(stem));
        return Load([path], labelBytes: 2, label: coarse ? 0 : 1, classCount: coarse ? 20 : 100);
    }

    private static string? Find(string folder, string stem) => DataFolder.Find(folder, Names(stem));

    private static string[] Names(string stem) => [$"{stem}.bin", $"{stem}.bin.gz"];

    private static ImageDataset Load(string[] paths, int labelBytes, int label, int classCount)
    {
        byte[][] files = [.. paths.Select(path => ReadAll(path, labelBytes + ImageLength))];
        int count = files.Sum(file => file.Length / (labelBytes + ImageLength));
        var pixels = new byte[checked(count * ImageLength)];
        var labels = new int[count];
        int image = 0;
        for (int file = 0; file < files.Length; file++)
        {
            ReadOnlySpan<byte> rest = files[file];
            for (int record = 0; !rest.IsEmpty; record++, image++)
            {
                labels[image] = rest[label];
                if (labels[image] >= classCount)
                    throw Damaged(paths[file], $"record {record} has the class {labels[image]}, and 0 to {classCount - 1} are allowed");
                rest.Slice(labelBytes, ImageLength).CopyTo(pixels.AsSpan(image * ImageLength));
                rest = rest[(labelBytes + ImageLength)..];
            }
        }

        return new ImageDataset(pixels, labels, [3, Side, Side], classCount);
    }

    private static byte[] ReadAll(string path, int recordLength)
    {
        using FileStream stream = File.OpenRead(path);
        byte[] content = GzipInput.Read(
            stream,
            unzipped =>
            {
                // Not CopyTo, with which GZipStream goes past the end that GzipEndGuard marks.
                var buffer = new MemoryStream();
                var piece = new byte[1 << 16];
                for (int read = unzipped.Read(piece); read > 0; read = unzipped.Read(piece))
                    buffer.Write(piece, 0, read);
                return buffer.ToArray();
            },
            (what, exception) => Damaged(path, what, exception));
        if (content.Length == 0)
            throw Damaged(path, $"it is empty, and a record has {CountFormat.Of(recordLength, "byte")}");
        return content.Length % recordLength == 0
            ? content
            : throw Damaged(path, $"record {content.Length / recordLength} has {content.Length % recordLength} of its {CountFormat.Of(recordLength, "byte")}");
    }

    private static DataFormatException Damaged(string path, string what, Exception? inner = null)
        => new($"'{path}' is no whole CIFAR file: {what}. Fetch it again from its publisher.", inner);
}
