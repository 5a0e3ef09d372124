namespace Cnn.Data.Tests;

public sealed class DatasetSplitsTests
{
    [Fact]
    public void Each_image_is_in_one_part_and_each_class_in_the_same_share()
    {
        ImageDataset dataset = NumberedImages.Create(100, classes: 4);
        (ImageDataset first, ImageDataset second) = dataset.Split(0.8, seed: 3);
        Assert.Equal(80, first.Count);
        Assert.All(Enumerable.Range(0, 4), label => Assert.Equal(20, first.Labels.ToArray().Count(other => other == label)));
        Assert.Equal(Enumerable.Range(0, 100), NumberedImages.Numbers(first).Concat(NumberedImages.Numbers(second)).Order());
    }

    [Fact]
    public void The_seed_decides_the_parts()
    {
        ImageDataset dataset = NumberedImages.Create(60, classes: 3);
        Assert.Equal(NumberedImages.Numbers(dataset.Split(0.5, 1).First), NumberedImages.Numbers(dataset.Split(0.5, 1).First));
        Assert.NotEqual(NumberedImages.Numbers(dataset.Split(0.5, 1).First), NumberedImages.Numbers(dataset.Split(0.5, 2).First));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_fraction_that_leaves_nothing_is_refused(double fraction) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NumberedImages.Create(10, classes: 2).Split(fraction));

    [Fact]
    public void A_part_without_an_image_is_refused() =>
        Assert.Throws<ArgumentException>(() => NumberedImages.Create(2, classes: 2).Split(0.1));

    [Fact]
    public void A_subset_has_the_named_images_in_their_order()
    {
        ImageDataset dataset = NumberedImages.Create(10, classes: 5);
        ImageDataset subset = dataset.Subset([7, 2, 7]);
        Assert.Equal([7, 2, 7], NumberedImages.Numbers(subset));
        Assert.Equal([2, 2, 2], subset.Labels.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => dataset.Subset([10]));
        Assert.Throws<ArgumentException>(() => dataset.Subset([]));
    }
}
