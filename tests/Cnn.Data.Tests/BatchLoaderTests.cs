namespace Cnn.Data.Tests;

public sealed class BatchLoaderTests
{
    private static readonly Augmentation Everything = new() { Shift = 2, Flip = true, Rotation = 20, Cutout = 3 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_variation_the_batches_are_those_of_MiniBatches(bool dropLast)
    {
        ImageDataset dataset = NumberedImages.Create(23, classes: 5);
        MiniBatches expected = new(dataset, batchSize: 5, seed: 7, dropLast: dropLast);
        using BatchLoader loader = new(dataset, new LoaderOptions { BatchSize = 5, Seed = 7, DropLast = dropLast, Workers = 2 });
        for (int epoch = 0; epoch < 3; epoch++)
        {
            expected.StartEpoch(epoch);
            loader.StartEpoch(epoch);
            while (expected.Next())
            {
                Assert.True(loader.Next());
                Assert.Equal(expected.Inputs.ToArray(), loader.Inputs.ToArray());
                Assert.Equal(expected.Labels.ToArray(), loader.Labels.ToArray());
                Assert.Equal(expected.Indices.ToArray(), loader.Indices.ToArray());
            }

            Assert.False(loader.Next());
            Assert.True(loader.Inputs.IsEmpty && loader.Labels.IsEmpty && loader.Indices.IsEmpty);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void The_number_of_workers_changes_no_bit(int workers)
    {
        float[] one = Everyone(workers: 1, firstEpoch: 0);
        Assert.Equal(one, Everyone(workers, firstEpoch: 0));
    }

    [Fact]
    public void An_epoch_does_not_depend_on_those_before()
    {
        float[] both = Everyone(workers: 2, firstEpoch: 0);
        float[] second = Everyone(workers: 2, firstEpoch: 1);
        Assert.Equal(both[^second.Length..], second);
    }

    [Fact]
    public void An_epoch_can_be_entered_at_any_batch()
    {
        ImageDataset dataset = NumberedImages.Create(40, classes: 5);
        using BatchLoader loader = new(dataset, new LoaderOptions { BatchSize = 4, Augmentation = Everything });
        List<float[]> whole = [];
        loader.StartEpoch(2);
        while (loader.Next())
            whole.Add(loader.Inputs.ToArray());
        for (int first = 0; first <= whole.Count; first++)
        {
            loader.StartEpoch(2, first);
            for (int batch = first; batch < whole.Count; batch++)
            {
                Assert.True(loader.Next());
                Assert.Equal(whole[batch], loader.Inputs.ToArray());
            }

            Assert.False(loader.Next());
        }
    }

    [Fact]
    public void Channels_are_normalised_after_the_variation()
    {
        ImageDataset dataset = NumberedImages.Create(8, classes: 2);
        ChannelNormalization normalization = new([1f], [2f]);
        using BatchLoader plain = new(dataset, new LoaderOptions { BatchSize = 8, Augmentation = Everything });
        using BatchLoader normalized = new(dataset, new LoaderOptions { BatchSize = 8, Augmentation = Everything, Normalization = normalization });
        Assert.True(plain.Next() && normalized.Next());
        float[] expected = plain.Inputs.ToArray();
        normalization.Apply(expected, dataset.ImageLength);
        Assert.Equal(expected, normalized.Inputs.ToArray());
    }

    [Fact]
    public void A_loader_that_is_left_in_the_middle_of_an_epoch_ends()
    {
        BatchLoader loader = new(NumberedImages.Create(64, classes: 2), new LoaderOptions { BatchSize = 4, Workers = 3 });
        Assert.True(loader.Next());
        loader.Dispose();
        loader.Dispose();
        Assert.Throws<ObjectDisposedException>(() => loader.Next());
        Assert.Throws<ObjectDisposedException>(() => loader.StartEpoch(0));
    }

    [Fact]
    public void Options_that_cannot_be_are_refused()
    {
        ImageDataset dataset = NumberedImages.Create(4, classes: 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchLoader(dataset, new LoaderOptions { Workers = -1 }));
        Assert.Throws<ArgumentException>(() => new BatchLoader(dataset, new LoaderOptions { Normalization = new ChannelNormalization([0f, 0f], [1f, 1f]) }));
        using BatchLoader loader = new(dataset, new LoaderOptions { BatchSize = 2 });
        Assert.Throws<ArgumentOutOfRangeException>(() => loader.StartEpoch(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => loader.StartEpoch(-1));
    }

    private static float[] Everyone(int workers, int firstEpoch)
    {
        ImageDataset dataset = NumberedImages.Create(37, classes: 5);
        using BatchLoader loader = new(dataset, new LoaderOptions { BatchSize = 4, Seed = 9, Augmentation = Everything, Workers = workers });
        List<float> inputs = [];
        for (int epoch = firstEpoch; epoch < 2; epoch++)
        {
            loader.StartEpoch(epoch);
            while (loader.Next())
                inputs.AddRange(loader.Inputs);
        }

        return [.. inputs];
    }
}
