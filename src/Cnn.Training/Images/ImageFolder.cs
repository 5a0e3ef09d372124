using Cnn.Data;
using Cnn.Imaging;

namespace Cnn.Training;

/// <summary>
/// Reads pictures that lie in one folder a class, as <c>cats/1.jpg</c> and <c>dogs/2.png</c>: PNG, JPEG, WebP and BMP, decoded and resized as
/// <see cref="Preprocessing"/> does where the network is used.
/// </summary>
public static class ImageFolder
{
    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".webp", ".bmp"];

    /// <summary>Reads all pictures, scaled to one size. Decodes on all cores; the result does not depend on how many there are.</summary>
    /// <param name="folder">Its folders are the classes, in ordinal order of their names; files beside them are passed over.</param>
    /// <param name="channels">1 for grey, 3 for red, green and blue. Transparency is dropped.</param>
    /// <param name="height">Rows of each image. Where the picture has others, it is stretched, bilinear with antialiasing.</param>
    /// <param name="width">Columns of each image.</param>
    /// <returns>The images, class by class and then by file name, and the names of the classes.</returns>
    /// <exception cref="DataFormatException">A picture is damaged, a class has none, or there are no classes; the message names the file.</exception>
    /// <exception cref="IOException">A file cannot be read, or the folder is not there.</exception>
    public static (ImageDataset Images, IReadOnlyList<string> Classes) Load(string folder, int channels, int height, int width)
    {
        Preprocessing preprocessing = new(width, height, channels);
        string[] classes = [.. Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        if (classes.Length == 0)
            throw new DataFormatException($"'{folder}' has no folders: put the pictures of each class into a folder that is named for it.");
        List<(string Path, int Class)> files = [];
        for (int index = 0; index < classes.Length; index++)
        {
            string[] pictures = Pictures(Path.Combine(folder, classes[index]));
            files.AddRange(pictures.Select(path => (path, index)));
        }

        int length = checked(channels * height * width);
        var pixels = new byte[checked(files.Count * length)];
        try
        {
            Parallel.For(0, files.Count, index => Read(files[index].Path, preprocessing, pixels.AsSpan(index * length, length)));
        }
        catch (AggregateException exception)
        {
            // Of several damaged pictures the first, whichever thread came upon its own first.
            throw exception.Flatten().InnerExceptions.OrderBy(inner => inner.Message, StringComparer.Ordinal).First();
        }

        return (new ImageDataset(pixels, [.. files.Select(file => file.Class)], [channels, height, width], classes.Length), classes);
    }

    private static string[] Pictures(string folder)
    {
        string[] pictures = [.. Directory.GetFiles(folder)
            .Where(path => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)];
        return pictures.Length > 0
            ? pictures
            : throw new DataFormatException($"'{folder}' has no picture: {string.Join(", ", Extensions)} are read. Add some, or remove the folder.");
    }

    private static void Read(string path, Preprocessing preprocessing, Span<byte> image)
    {
        try
        {
            preprocessing.Write(Picture.Load(path), image);
        }
        catch (PictureException exception)
        {
            throw new DataFormatException($"'{path}' is no whole picture: {exception.Message} Replace it or remove it.", exception);
        }
    }
}
