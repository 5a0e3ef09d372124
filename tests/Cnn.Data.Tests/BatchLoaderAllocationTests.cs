namespace Cnn.Data.Tests;

/// <summary>Alone, because the allocations of all threads are counted.</summary>
[CollectionDefinition(nameof(BatchLoaderAllocationTests), DisableParallelization = true)]
[Collection(nameof(BatchLoaderAllocationTests))]
public sealed class BatchLoaderAllocationTests
{
    [Fact]
    public void Nothing_is_allocated_for_a_batch()
    {
        using BatchLoader loader = new(NumberedImages.Create(64, classes: 2), new LoaderOptions
        {
            BatchSize = 4,
            Augmentation = new Augmentation { Shift = 2, Flip = true, Rotation = 20, Cutout = 3 },
            Workers = 2,
        });
        RunEpochs(2);

        // 800 batches. The threads of the test runner allocate now and then, for a while at its start, and would have to do so in all rounds.
        const long Most = 800 * 24;
        long least = long.MaxValue;
        for (int round = 0; round < 100 && least > Most; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            RunEpochs(50);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.InRange(least, 0, Most);

        void RunEpochs(int count)
        {
            for (int epoch = 0; epoch < count; epoch++)
            {
                loader.StartEpoch(epoch);
                while (loader.Next())
                {
                }
            }
        }
    }
}
