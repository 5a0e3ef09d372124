namespace Cnn.Data.Tests;

public sealed class MiniBatchesTests
{
    [Theory]
    [InlineData(12, 4, 3)]
    [InlineData(13, 4, 4)]
    [InlineData(3, 4, 1)]
    [InlineData(5, 1, 5)]
    public void An_epoch_brings_every_image_once_with_its_own_label(int count, int batchSize, int expectedBatches)
    {
        var batches = new MiniBatches(Numbered(count), batchSize, seed: 3);
        var seen = new List<int>();
        int number = 0;
        while (batches.Next())
        {
            number++;
            Assert.Equal(batches.Labels.Length * 2, batches.Inputs.Length);
            for (int position = 0; position < batches.Labels.Length; position++)
            {
                int image = batches.Indices[position];
                seen.Add(image);
                Assert.Equal(image % 3, batches.Labels[position]);
                Assert.Equal([image, image + 0.5f], batches.Inputs.Slice(position * 2, 2));
            }
        }

        Assert.Equal(expectedBatches, number);
        Assert.Equal(expectedBatches, batches.BatchCount);
        Assert.Equal(Enumerable.Range(0, count), seen.Order());
    }

    [Fact]
    public void The_last_batch_can_be_dropped_when_it_is_not_full()
    {
        var batches = new MiniBatches(Numbered(13), batchSize: 4, dropLast: true);
        Assert.Equal(3, batches.BatchCount);
        int number = 0;
        for (; batches.Next(); number++)
            Assert.Equal(4, batches.Labels.Length);
        Assert.Equal(3, number);
    }

    [Fact]
    public void After_the_last_batch_there_is_none_until_an_epoch_is_started()
    {
        var batches = new MiniBatches(Numbered(2), batchSize: 4);
        Assert.True(batches.Inputs.IsEmpty);
        Assert.True(batches.Next());
        Assert.False(batches.Next());
        Assert.False(batches.Next());
        Assert.True(batches.Inputs.IsEmpty);
        Assert.True(batches.Labels.IsEmpty);
        Assert.True(batches.Indices.IsEmpty);
        batches.StartEpoch(1);
        Assert.Equal(1, batches.Epoch);
        Assert.True(batches.Next());
    }

    [Fact]
    public void The_order_depends_on_seed_and_epoch_alone()
    {
        int[] direct = Order(new MiniBatches(Numbered(100), 7, seed: 5), epoch: 2);
        var other = new MiniBatches(Numbered(100), 32, seed: 5);
        int[] first = Order(other, epoch: 0);
        other.StartEpoch(1);
        other.Next();
        Assert.Equal(direct, Order(other, epoch: 2));
        Assert.Equal(first, Order(other, epoch: 0));

        int[][] orders = [direct, first, Order(other, epoch: 1), Order(new MiniBatches(Numbered(100), 7, seed: 6), epoch: 2),
            Order(new MiniBatches(Numbered(100), 7, seed: -5), epoch: 2)];
        Assert.Equal(orders.Length, orders.Select(order => string.Join(' ', order)).Distinct().Count());
    }

    // Resuming a training run with a later version must bring the same batches: these numbers never change.
    [Fact]
    public void The_order_of_a_seed_is_the_same_for_ever()
        => Assert.Equal([8, 6, 9, 3, 4, 5, 1, 7, 2, 0], Order(new MiniBatches(Numbered(10), 10, seed: 42), epoch: 3));

    [Fact]
    public void Without_shuffling_the_dataset_keeps_its_order()
        => Assert.Equal(Enumerable.Range(0, 10), Order(new MiniBatches(Numbered(10), 3, shuffle: false), epoch: 4));

    [Fact]
    public void Every_image_is_equally_likely_at_every_place()
    {
        const int Count = 8;
        const int Epochs = 16_000;
        var hits = new int[Count * Count];
        Span<int> order = stackalloc int[Count];
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            Permutation.Fill(order, seed: 1, epoch);
            for (int place = 0; place < Count; place++)
                hits[(place * Count) + order[place]]++;
        }

        // Binomial with mean 2000 and deviation 41.8; five deviations for 64 of them.
        Assert.All(hits, hit => Assert.InRange(hit, 2000 - 210, 2000 + 210));
    }

    [Fact]
    public void Nothing_is_allocated_by_batches_and_epochs()
    {
        var dataset = new ImageDataset(new byte[1000 * 784], new int[1000], [1, 28, 28], classCount: 10);
        var batches = new MiniBatches(dataset, batchSize: 64, seed: 1);
        RunEpochs(batches, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        RunEpochs(batches, 5);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Arguments_that_give_no_batches_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MiniBatches(Numbered(3), batchSize: 0));
        Assert.Contains("3 images has no full batch of 4",
            Assert.Throws<ArgumentException>(() => new MiniBatches(Numbered(3), 4, dropLast: true)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MiniBatches(Numbered(3), 2).StartEpoch(-1));
    }

    private static ImageDataset Numbered(int count) => new(
        [.. Enumerable.Range(0, count).SelectMany(image => (float[])[image, image + 0.5f])],
        [.. Enumerable.Range(0, count).Select(image => image % 3)],
        [2],
        classCount: 3);

    private static int[] Order(MiniBatches batches, int epoch)
    {
        var order = new List<int>();
        batches.StartEpoch(epoch);
        while (batches.Next())
            order.AddRange(batches.Indices);
        return [.. order];
    }

    private static void RunEpochs(MiniBatches batches, int count)
    {
        for (int epoch = 0; epoch < count; epoch++)
        {
            batches.StartEpoch(epoch);
            while (batches.Next())
                Assert.False(batches.Inputs.IsEmpty);
        }
    }
}
