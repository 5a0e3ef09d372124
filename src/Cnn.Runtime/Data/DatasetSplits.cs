namespace Cnn.Data;

/// <summary>Divides a dataset into what is trained on and what is looked at while training.</summary>
public static class DatasetSplits
{
    /// <summary>Draws two parts at random that have the classes in equal shares, as far as they divide.</summary>
    /// <param name="dataset">The dataset; its images are copied.</param>
    /// <param name="fraction">How much of each class goes into the first part, above 0 and below 1.</param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <returns>The two parts, each in the order of the dataset.</returns>
    /// <exception cref="ArgumentException">A part would be empty, or the fraction is out of range.</exception>
    public static (ImageDataset First, ImageDataset Second) Split(this ImageDataset dataset, double fraction, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (!(fraction > 0 && fraction < 1))
            throw new ArgumentOutOfRangeException(nameof(fraction),
                FormattableString.Invariant($"The fraction is {fraction}: give a number above 0 and below 1."));
        var order = new int[dataset.Count];
        Permutation.Fill(order, seed, epoch: 0);
        var left = new int[dataset.ClassCount];
        foreach (int label in dataset.Labels)
            left[label]++;
        for (int label = 0; label < left.Length; label++)
            left[label] = (int)Math.Round(left[label] * fraction, MidpointRounding.AwayFromZero);

        List<int> first = [];
        List<int> second = [];
        foreach (int image in order)
            (left[dataset.Labels[image]]-- > 0 ? first : second).Add(image);
        if (first.Count == 0 || second.Count == 0)
            throw new ArgumentException(FormattableString.Invariant(
                $"{CountFormat.Of(dataset.Count, "image")} cannot be divided at {fraction}: one part would be empty."), nameof(fraction));
        return (Ordered(dataset, first), Ordered(dataset, second));
    }

    private static ImageDataset Ordered(ImageDataset dataset, List<int> images)
    {
        images.Sort();
        return dataset.Subset(images.ToArray());
    }
}
