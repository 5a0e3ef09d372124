using System.Collections.Concurrent;
using Cnn.Data;
using Cnn.Fitting.Tests.Support;
using Cnn.Functional.Tests.Support;
using Cnn.Training;

namespace Cnn.Fitting.Tests;

/// <summary>Trainings that several ranks, here threads, do together.</summary>
public sealed class FitRanksTests : IDisposable
{
    private static readonly ImageDataset Images = Quadrants.Create(150);
    private static readonly ImageDataset Others = Quadrants.Create(41, seed: 2);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int> Counts => [2, 3, 4];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Counts))]
    public void The_bits_are_those_of_one_process(int count)
    {
        (float[] parameters, FitResult result) = Train(null, Options(4));
        foreach ((float[] others, FitResult other) in TrainTogether(count, Options(4)))
        {
            Assert.Equal(parameters, others);
            Assert.Equal(result.Epochs.Select(epoch => epoch.TrainingLoss), other.Epochs.Select(epoch => epoch.TrainingLoss));
            Assert.Equal(result.Epochs.Select(epoch => epoch.TrainingAccuracy), other.Epochs.Select(epoch => epoch.TrainingAccuracy));
        }
    }

    /// <summary>A network without running statistics has the same validation too.</summary>
    [Theory]
    [MemberData(nameof(Counts))]
    public void Evaluations_have_the_numbers_of_one_process(int count)
    {
        var network = new PlainNetwork(seed: 1);
        EvaluationOptions options = new() { BatchSize = 16, Loss = Loss.CrossEntropy(), Metrics = [new TopAccuracy(2)] };
        EvaluationResult alone = network.Evaluate(Others, options, TestContext.Current.CancellationToken);
        ConcurrentBag<EvaluationResult> results = [];
        MemoryRanks.Run(count, ranks => results.Add(new PlainNetwork(seed: 1).Evaluate(Others, options with
        {
            Ranks = ranks,
            Metrics = [new TopAccuracy(2)],
        }, TestContext.Current.CancellationToken)));
        Assert.Equal(count, results.Count);
        Assert.All(results, result => Assert.Equal(alone.Loss, result.Loss));
        Assert.All(results, result => Assert.Equal(alone.Metrics.ToString(), result.Metrics.ToString()));
    }

    [Fact]
    public void A_training_goes_on_with_another_number_of_ranks()
    {
        (float[] expected, _) = Train(null, Options(4));
        FitOptions options = Options(4) with { Checkpoints = new CheckpointOptions(_folder["checkpoints"]) { EverySteps = 3 } };
        Interrupt(2, options, updates: 4);
        Interrupt(3, options, updates: 9);
        foreach ((float[] actual, FitResult result) in TrainTogether(4, options))
        {
            Assert.Equal(expected, actual);
            Assert.True(result.Resumed);
        }
    }

    [Fact]
    public void What_one_rank_wants_all_do()
    {
        ConcurrentBag<int> epochs = [];
        MemoryRanks.Run(3, ranks =>
        {
            FitOptions options = Options(4) with { Callbacks = ranks.Rank == 1 ? [AtUpdate(2, context => context.Stop())] : [] };
            epochs.Add(Train(ranks, options).Result.Epochs.Count);
        });
        Assert.Equal([0, 0, 0], epochs);

        using CancellationTokenSource cancellation = new();
        ConcurrentBag<Exception> cancelled = [];
        cancellation.Cancel();
        MemoryRanks.Run(2, ranks => cancelled.Add(Assert.ThrowsAny<OperationCanceledException>(() => new TinyNetwork(seed: 1).Fit(
            Images, null, Options(4) with { Ranks = ranks }, cancellation: ranks.Rank == 1 ? cancellation.Token : CancellationToken.None))));
        Assert.Equal(2, cancelled.Count);
    }

    [Fact]
    public void Ranks_begin_with_the_parameters_of_the_first()
    {
        float[] expected = Train(null, Options(4)).Parameters;
        MemoryRanks.Run(2, ranks =>
        {
            var network = new TinyNetwork(seed: 1 + ranks.Rank);
            network.Fit(Images, null, Options(4) with { Ranks = ranks }, cancellation: TestContext.Current.CancellationToken);
            Assert.Equal(expected, Trainable(network));
        });
    }

    [Fact]
    public void Parameters_that_differ_are_told_by_update_and_name()
    {
        TrainingException exception = Assert.Throws<TrainingException>(() => MemoryRanks.Run(2, ranks => Train(ranks, Options(20) with
        {
            Callbacks = ranks.Rank == 1 ? [AtUpdate(5, context => context.Network.Parameters["linear1.bias"].Values[0] += 1e-3f)] : [],
        })));
        Assert.Contains("After update 100 the ranks have different bits in 'linear1.bias'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Running_statistics_are_means_over_the_ranks()
    {
        ConcurrentDictionary<int, float[]> statistics = [];
        MemoryRanks.Run(3, ranks =>
        {
            var network = new TinyNetwork(seed: 1);
            network.Fit(Images, Others, Options(1) with { Ranks = ranks }, cancellation: TestContext.Current.CancellationToken);
            statistics[ranks.Rank] = network.Parameters["batchnorm1.running_mean"].Values.ToArray();
        });
        Assert.Equal(statistics[0], statistics[1]);
        Assert.Equal(statistics[0], statistics[2]);
        Assert.Contains(statistics[0], mean => mean != 0);
    }

    [Fact]
    public void Ranks_without_a_micro_batch_are_refused() => MemoryRanks.Run(2, ranks =>
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => Train(ranks, Options(1) with { MicroBatch = 0 }));
        Assert.Contains("MicroBatch is 0", exception.Message, StringComparison.Ordinal);
    });

    private static FitOptions Options(int epochs) => new()
    {
        Optimizer = new AdamW(0.01f),
        Epochs = epochs,
        BatchSize = 24,
        MicroBatch = 4,
        Schedule = Schedule.OneCycle(),
        Clipping = GradientClipping.Norm(1),
        Averaging = new WeightAveraging(0.9) { EverySteps = 2 },
        Augmentation = new Augmentation { Shift = 1, Flip = true },
        Seed = 3,
        Threads = 1,
    };

    private static float[] Trainable(INetwork network) =>
        [.. network.Parameters.Where(parameter => parameter.IsTrainable).SelectMany(parameter => parameter.Values.ToArray())];

    private static (float[] Parameters, FitResult Result) Train(IRanks? ranks, FitOptions options, CancellationToken? cancellation = null)
    {
        var network = new TinyNetwork(seed: 1);

        // Each rank has its own, as each process would.
        FitResult result = network.Fit(Images, null, options with { Ranks = ranks, Optimizer = new AdamW(0.01f) },
            cancellation: cancellation ?? TestContext.Current.CancellationToken);
        return (Trainable(network), result);
    }

    private static IEnumerable<(float[] Parameters, FitResult Result)> TrainTogether(int count, FitOptions options)
    {
        ConcurrentBag<(float[], FitResult)> results = [];
        MemoryRanks.Run(count, ranks => results.Add(Train(ranks, options)));
        Assert.Equal(count, results.Count);
        return results;
    }

    private static void Interrupt(int count, FitOptions options, int updates) => MemoryRanks.Run(count, ranks =>
    {
        using CancellationTokenSource cancellation = new();
        FitOptions interrupted = options with { Callbacks = [AtUpdate(updates, _ => cancellation.Cancel())] };
        Assert.ThrowsAny<OperationCanceledException>(() => Train(ranks, interrupted, cancellation.Token));
    });

    private static IFitCallback AtUpdate(int updates, Action<FitContext> action) => FitCallback.OnStepEnd(context =>
    {
        if (context.Updates == updates)
            action(context);
    });
}
