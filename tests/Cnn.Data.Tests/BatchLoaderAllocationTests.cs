namespace Cnn.Data.Tests;

/// <summary>Alone, because the allocations of all threads are counted.</summary>
[CollectionDefinition(nameof(BatchLoaderAllocationTests), DisableParallelization = true)]
[Collection(nameof(BatchLoaderAllocationTests))]
public sealed class BatchLoaderAllocationTests
{
    [Fact]
    public void Nothing_is_allocated_for_a_batch()
    {
        using BatchLoader loader = new(NumberedImages.Create(64, classes: 2), new LoaderOptions { BatchSize = 4, Augmentation = new Augmentation { Shift = 2, Flip = true, Rotation = 20, Cutout = 3 }, Workers = 2 });
        RunEpochs(2);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        RunEpochs(50);
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        // 800 batches; the threads of the test runner may allocate a little meanwhile.
        Assert.InRange(allocated, 0, 800 * 24);

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
