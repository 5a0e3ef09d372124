using Cnn.Data;
using Cnn.Training;

namespace BrowserLeNet.Training;

/// <summary>The images to learn from and to test with: digits that are drawn a part at a time, so that the page stays alive meanwhile, or MNIST's.</summary>
internal sealed class DigitSets
{
    /// <summary>Digits that one call of <see cref="Render"/> draws.</summary>
    public const int PartSize = 50;

    /// <summary>Parts to learn from.</summary>
    public const int TrainParts = 40;

    /// <summary>Parts to test with.</summary>
    public const int TestParts = 6;

    private readonly List<ImageDataset> _parts = [];

    /// <summary>What is learned from; null as long as it is not complete.</summary>
    public ImageDataset? Train { get; private set; }

    /// <summary>What is tested with; null as long as it is not complete.</summary>
    public ImageDataset? Test { get; private set; }

    /// <summary>Draws one more part.</summary>
    /// <returns>The share of all parts that are there, 1 at the end.</returns>
    public double Render()
    {
        if (_parts.Count < TrainParts + TestParts)
        {
            bool isTest = _parts.Count >= TrainParts;
            _parts.Add(RenderedDigits.Create(PartSize, seed: _parts.Count, isTest ? DatasetPart.Test : DatasetPart.Train));
        }

        if (_parts.Count == TrainParts + TestParts && Train is null)
        {
            Train = Joined(_parts[..TrainParts]);
            Test = Joined(_parts[TrainParts..]);
        }

        return _parts.Count / (double)(TrainParts + TestParts);
    }

    /// <summary>Takes a user's files instead.</summary>
    /// <param name="images">An IDX file of images of 28x28, gzipped or not.</param>
    /// <param name="labels">An IDX file of as many classes.</param>
    /// <exception cref="DataFormatException">A file is damaged, or the two do not belong together; the message says which and why.</exception>
    public void Use(IdxArray images, IdxArray labels)
    {
        if (images.Shape is not [int count, 28, 28] || labels.Shape is not [int classes] || classes != count)
        {
            throw new DataFormatException(
                $"The files have the shapes [{string.Join(", ", images.Shape.ToArray())}] and [{string.Join(", ", labels.Shape.ToArray())}]; [n, 28, 28] and [n] are needed.");
        }

        ImageDataset all = new(images.Values, Array.ConvertAll(labels.Values, static label => (int)label), [1, 28, 28], 10);
        int test = Math.Clamp(count / 10, 1, 500);
        int[] indices = [.. Enumerable.Range(0, count)];
        Train = all.Subset(indices.AsSpan(0, Math.Max(1, count - test)));
        Test = all.Subset(indices.AsSpan(count - test));
    }

    private static ImageDataset Joined(List<ImageDataset> parts)
    {
        int length = parts[0].ImageLength;
        float[] values = new float[parts.Sum(part => part.Count) * length];
        List<int> labels = [];
        foreach (ImageDataset part in parts)
        {
            for (int index = 0; index < part.Count; index++)
                part.CopyImage(index, values.AsSpan((labels.Count + index) * length, length));
            labels.AddRange(part.Labels);
        }

        return new ImageDataset(values, [.. labels], [1, 28, 28], 10);
    }
}
