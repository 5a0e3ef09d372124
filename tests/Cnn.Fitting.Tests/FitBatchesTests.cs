using Cnn.Data;
using Cnn.Fitting.Tests.Support;
using Cnn.Training;

namespace Cnn.Fitting.Tests;

/// <summary>Whatever the images, the batch size and the micro-batches divide to.</summary>
public sealed class FitBatchesTests
{
    public static TheoryData<int, int, int> Divisions => new()
    {
        { 10, 64, 16 },
        { 3, 64, 16 },
        { 3, 4, 1 },
        { 1, 8, 1 },
        { 10, 4, 2 },
        { 65, 64, 0 },
        { 65, 64, 8 },
        { 7, 6, 4 },
        { 16, 16, 3 },
        { 100, 64, 32 },
        { 127, 64, 1 },
        { 12, 8, 100 },
    };

    [Theory]
    [MemberData(nameof(Divisions))]
    public void Every_image_trains_once_an_epoch(int images, int batchSize, int microBatch)
    {
        ImageDataset dataset = Quadrants.Create(images);
        List<float[]> seen = [];
        int updates = 0;
        var network = new CountedNetwork(new PlainNetwork(seed: 1), () => updates++, seen.Add);
        RecordingSchedule schedule = new();
        network.Fit(dataset, null, Options(batchSize, microBatch) with { Schedule = schedule }, cancellation: TestContext.Current.CancellationToken);
        float[] once = [.. Enumerable.Range(0, images).Select(image => FirstPixel(dataset, image)).Order()];
        Assert.Equal([.. once.SelectMany(pixel => new[] { pixel, pixel })], seen.SelectMany(FirstPixels).Order());
        Assert.All(seen, batch => Assert.InRange(batch.Length / 64, 1, batchSize));
        int steps = (images + batchSize - 1) / batchSize;
        Assert.Equal(2 * steps, updates);
        Assert.Equal(Enumerable.Range(0, 2 * steps).Select(step => new SchedulePoint(step, 2 * steps, steps)), schedule.Points);
    }

    [Theory]
    [MemberData(nameof(Divisions))]
    public void Each_update_is_the_gradient_of_the_mean_over_its_images(int images, int batchSize, int microBatch)
    {
        ImageDataset dataset = Quadrants.Create(images);
        var byHand = new PlainNetwork(seed: 1);
        MiniBatches batches = new(dataset, batchSize, seed: 5);
        using (PlainNetwork.Trainer trainer = byHand.CreateTrainer(new Sgd(0.05f) { Momentum = 0.9f }, Loss.CrossEntropy(),
            new TrainerOptions { BatchSize = batchSize }))
        {
            for (int epoch = 0; epoch < 2; epoch++)
            {
                batches.StartEpoch(epoch);
                while (batches.Next())
                    trainer.Step(batches.Inputs, batches.Labels);
            }
        }

        var network = new PlainNetwork(seed: 1);
        network.Fit(dataset, null, Options(batchSize, microBatch), cancellation: TestContext.Current.CancellationToken);
        foreach ((float expected, float actual) in Bits.Of(byHand).Zip(Bits.Of(network)))
            Assert.Equal(expected, actual, 1e-5f);
    }

    [Theory]
    [MemberData(nameof(Divisions))]
    public void The_results_of_an_epoch_are_over_all_its_images(int images, int batchSize, int microBatch)
    {
        ImageDataset dataset = Quadrants.Create(images);

        // With a rate of 0 each image is seen by the same network.
        var network = new PlainNetwork(seed: 1);
        List<FitProgress> reports = [];
        FitResult result = network.Fit(dataset, null, Options(batchSize, microBatch) with { Optimizer = new Sgd(0) }, new Reports(reports.Add),
            TestContext.Current.CancellationToken);
        Evaluation evaluation = Evaluation.Of(network, dataset, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(evaluation.Accuracy, result.Epochs[^1].TrainingAccuracy);
        Assert.Equal(evaluation.Loss, result.Epochs[^1].TrainingLoss, 1e-5);
        Assert.All(reports, report => Assert.Equal((images + batchSize - 1) / batchSize, report.Steps));
        Assert.Equal(reports[^1].Steps, reports[^1].Step);
    }

    [Fact]
    public void A_micro_batch_that_has_no_variance_is_told_before_anything_is_trained()
    {
        var network = new VectorNormNetwork(seed: 1);
        float[] before = Bits.Of(network);
        foreach ((int images, int batchSize, int microBatch) in new[] { (65, 64, 0), (1, 64, 0), (64, 64, 1), (7, 4, 2), (9, 9, 4) })
        {
            ArgumentException exception = Assert.Throws<ArgumentException>(() =>
                network.Fit(Quadrants.Create(images), null, Options(batchSize, microBatch), cancellation: TestContext.Current.CancellationToken));
            Assert.Contains("'batchnorm1' needs at least 2", exception.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, Bits.Of(network));
        Assert.Equal(2, network.Fit(Quadrants.Create(66), null, Options(64, 0), cancellation: TestContext.Current.CancellationToken).Epochs.Count);
        Assert.Equal(2, network.Fit(Quadrants.Create(70), null, Options(64, 4), cancellation: TestContext.Current.CancellationToken).Epochs.Count);
    }

    private static IEnumerable<float> FirstPixels(float[] batch) => batch.Chunk(64).Select(image => image[0]);

    private static float FirstPixel(ImageDataset dataset, int image)
    {
        var pixels = new float[dataset.ImageLength];
        dataset.CopyImage(image, pixels);
        return pixels[0];
    }

    private static FitOptions Options(int batchSize, int microBatch) =>
        new() { Optimizer = new Sgd(0.05f) { Momentum = 0.9f }, Epochs = 2, BatchSize = batchSize, MicroBatch = microBatch, Seed = 5 };

    private sealed class RecordingSchedule : Schedule
    {
        public List<SchedulePoint> Points { get; } = [];

        public override string Description => "recording";

        public override double Factor(in SchedulePoint point)
        {
            Points.Add(point);
            return 1;
        }
    }
}
