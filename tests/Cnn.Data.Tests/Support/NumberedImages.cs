namespace Cnn.Data.Tests;

/// <summary>Images that tell which they are: image k is all k.</summary>
internal static class NumberedImages
{
    public const int Side = 8;

    public static ImageDataset Create(int count, int classes)
    {
        var values = new float[count * Side * Side];
        for (int index = 0; index < values.Length; index++)
            values[index] = index / (Side * Side);
        return new ImageDataset(values, [.. Enumerable.Range(0, count).Select(image => image % classes)], [1, Side, Side], classes);
    }

    public static int[] Numbers(ImageDataset images) => [.. Enumerable.Range(0, images.Count).Select(index => Number(images, index))];

    private static int Number(ImageDataset images, int index)
    {
        var image = new float[images.ImageLength];
        images.CopyImage(index, image);
        return (int)image[0];
    }
}
