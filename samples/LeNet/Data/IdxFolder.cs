using Cnn.Data;

namespace LeNetSample.Data;

/// <summary>A folder that holds MNIST, or a data set in its form, as IDX files.</summary>
internal static class IdxFolder
{
    /// <summary>Names the folder that the data lies in: the given one, or <c>mnist</c> within it; null if neither has test images.</summary>
    public static string? Find(string folder)
    {
        string[] candidates = [folder, Path.Combine(folder, "mnist")];
        return Array.Find(candidates, candidate => Directory.Exists(candidate) && Directory.EnumerateFiles(candidate, "t10k-images*").Any());
    }

    /// <summary>Reads training and test images.</summary>
    /// <param name="folder">What <see cref="Find"/> found.</param>
    /// <param name="advice">What to do about damaged files.</param>
    /// <exception cref="DataException">A file is missing or damaged, or the images are not 28x28.</exception>
    public static DigitData Load(string folder, string advice)
    {
        try
        {
            ImageDataset train = ImageDataset.LoadIdx(folder, DatasetPart.Train);
            ImageDataset test = ImageDataset.LoadIdx(folder, DatasetPart.Test);
            CheckShape(train, folder);
            CheckShape(test, folder);
            string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
            return new DigitData(train, test, folder, $"on {name}");
        }
        catch (Exception exception) when (exception is DataFormatException or IOException or UnauthorizedAccessException)
        {
            throw new DataException($"The data in '{folder}' cannot be used: {exception.Message} {advice}", exception);
        }
    }

    private static void CheckShape(ImageDataset images, string folder)
    {
        if (images.Shape is not [1, 28, 28])
            throw new DataException($"The images in '{folder}' have the shape {string.Join('x', images.Shape.ToArray())}, and this network takes 1x28x28. Give another folder.");
    }
}
