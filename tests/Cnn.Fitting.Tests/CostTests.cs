using System.Diagnostics;
using Cnn.Data;
using Cnn.Fitting.Tests.Support;
using Cnn.Training;

namespace Cnn.Fitting.Tests;

public sealed class CostTests
{
    private const int BatchSize = 64;

    /// <summary>On a machine without a spare core: loading and training one after the other on one thread, the best of several rounds.</summary>
    [Fact]
    public void Loading_and_augmenting_costs_less_than_3_percent_of_training()
    {
        var random = new Random(1);
        var pixels = new byte[512 * 28 * 28];
        random.NextBytes(pixels);
        ImageDataset images = new(pixels, [.. Enumerable.Range(0, 512).Select(index => index % 10)], [1, 28, 28], 10);
        using BatchLoader loader = new(images, new LoaderOptions
        {
            BatchSize = BatchSize,
            Augmentation = new Augmentation { Shift = 2, Rotation = 10, Cutout = 4 },
            Normalization = ChannelNormalization.Of(images),
            Workers = 0,
        });
        using LeNet.Trainer trainer = new LeNet(seed: 1)
            .CreateTrainer(new Sgd(0.01f), Loss.CrossEntropy(), new TrainerOptions { BatchSize = BatchSize, Threads = 1 });
        TimeSpan loading = TimeSpan.MaxValue;
        TimeSpan training = TimeSpan.MaxValue;
        for (int round = 0; round < 8; round++)
        {
            loader.StartEpoch(round);
            for (long began = Stopwatch.GetTimestamp(); loader.Next(); began = Stopwatch.GetTimestamp())
            {
                loading = Least(loading, began);
                began = Stopwatch.GetTimestamp();
                trainer.Step(loader.Inputs, loader.Labels);
                training = Least(training, began);
            }
        }

        double share = loading / training;
        string measured = FormattableString.Invariant(
            $"loading takes {loading.TotalMilliseconds:0.000} ms a batch, training {training.TotalMilliseconds:0.000} ms: {share * 100:0.0} %");
        TestContext.Current.TestOutputHelper?.WriteLine(measured);
        Assert.True(share < 0.03, measured);

        static TimeSpan Least(TimeSpan least, long began)
        {
            TimeSpan time = Stopwatch.GetElapsedTime(began);
            return time < least ? time : least;
        }
    }

    [Fact]
    public void Memory_stays_flat_over_a_thousand_epochs()
    {
        List<long> live = [];
        Reports reports = new(progress =>
        {
            if (progress.Completed is { Epoch: 100 or 1000 })
                live.Add(GC.GetTotalMemory(forceFullCollection: true));
        });
        new TinyNetwork(seed: 1).Fit(
            Quadrants.Create(32),
            Quadrants.Create(8, seed: 2),
            new FitOptions { Optimizer = new AdamW(0.001f), Epochs = 1000, BatchSize = 16, Threads = 1, Augmentation = new Augmentation { Shift = 1 } },
            reports,
            TestContext.Current.CancellationToken);
        Assert.Equal(2, live.Count);

        // 900 epochs leave their results and reports, about 300 bytes each, and nothing else.
        Assert.InRange(live[1] - live[0], long.MinValue, 1_000_000);
    }
}
