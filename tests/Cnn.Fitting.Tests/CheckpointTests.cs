using Cnn.Data;
using Cnn.Fitting.Tests.Support;
using Cnn.Training;

namespace Cnn.Fitting.Tests;

public sealed class CheckpointTests : IDisposable
{
    private static readonly ImageDataset Images = Quadrants.Create(200);
    private static readonly ImageDataset Others = Quadrants.Create(100, seed: 2);

    private readonly TemporaryFolder _folder = new();

    private string Folder => _folder["checkpoints"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(30)]
    public void A_training_that_is_cancelled_anywhere_goes_on_to_the_same_bits(int updates)
    {
        float[] expected = Bits.After(Images, Others, Options(null));
        using CancellationTokenSource cancellation = new();
        int left = updates;
        var network = new TinyNetwork(seed: 1);
        var counted = new CountedNetwork(network, () =>
        {
            if (--left == 0)
                cancellation.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => counted.Fit(Images, Others, Options(Folder), cancellation: cancellation.Token));

        // Another network: everything is in the file.
        var resumed = new TinyNetwork(seed: 99);
        FitResult result = resumed.Fit(Images, Others, Options(Folder), cancellation: TestContext.Current.CancellationToken);
        Assert.True(result.Resumed);
        Assert.Equal([1, 2, 3], result.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(expected, Bits.Of(resumed));
    }

    [Fact]
    public void A_cancellation_during_the_validation_loses_no_update()
    {
        using CancellationTokenSource cancellation = new();
        int updates = 0;
        var network = new CountedNetwork(new TinyNetwork(seed: 1), () =>
        {
            if (++updates == 13)
                cancellation.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => network.Fit(Images, Others, Options(Folder), cancellation: cancellation.Token));
        FitResult result = network.Fit(Images, Others, Options(Folder), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(39, updates);
        Assert.Equal(3, result.Epochs.Count);
        Assert.Equal(Bits.After(Images, Others, Options(null)), Bits.Of(network));
    }

    [Fact]
    public void What_is_measured_of_an_interrupted_epoch_is_what_is_measured_of_a_whole_one()
    {
        FitResult whole = new TinyNetwork(seed: 1).Fit(Images, Others, Options(null), cancellation: TestContext.Current.CancellationToken);
        using CancellationTokenSource cancellation = new();
        int left = 17;
        var counted = new CountedNetwork(new TinyNetwork(seed: 1), () => Count(ref left, cancellation));
        Assert.Throws<OperationCanceledException>(() => counted.Fit(Images, Others, Options(Folder), cancellation: cancellation.Token));
        FitResult resumed = new TinyNetwork().Fit(Images, Others, Options(Folder), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(whole.Epochs.Select(WithoutTime), resumed.Epochs.Select(WithoutTime));
        Assert.Equal(whole.BestEpoch, resumed.BestEpoch);

        static EpochResult WithoutTime(EpochResult epoch) => epoch with { Seconds = 0 };
    }

    [Fact]
    public void A_training_that_is_done_is_not_done_again()
    {
        float[] expected = Bits.After(Images, Others, Options(Folder));
        var again = new TinyNetwork(seed: 99);
        int updates = 0;
        new CountedNetwork(again, () => updates++).Fit(Images, Others, Options(Folder), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(0, updates);
        Assert.Equal(expected, Bits.Of(again));
    }

    [Fact]
    public void The_last_ones_and_the_best_are_kept_and_remains_are_removed()
    {
        Directory.CreateDirectory(Folder);
        string remains = Path.Combine(Folder, "checkpoint-000000000001.safetensors.0123.tmp");
        File.WriteAllText(remains, "half a file");
        Bits.After(Images, Others, Options(Folder));
        Assert.Equal(
            ["best.safetensors", "checkpoint-000000000035.safetensors", "checkpoint-000000000039.safetensors"],
            Directory.GetFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_checkpoint_gives_its_parameters_to_a_network_the_averaged_ones_if_there_are_such()
    {
        float[] expected = Bits.After(Images, Others, Options(Folder) with { EarlyStopping = new EarlyStopping(5) });
        var network = new TinyNetwork(seed: 99);
        Checkpoint.LoadParameters(Path.Combine(Folder, "best.safetensors"), network);
        Assert.Equal(expected, Bits.Of(network));
    }

    [Fact]
    public void A_checkpoint_of_other_settings_is_refused_with_both()
    {
        Bits.After(Images, Others, Options(Folder));
        WeightsException exception = Assert.Throws<WeightsException>(() => Bits.After(Images, Others, Options(Folder) with { Schedule = Schedule.Constant }));
        Assert.Contains("there: network TinyNetwork", exception.Message, StringComparison.Ordinal);
        Assert.Contains("learning rate 0.01, cosine to 0", exception.Message, StringComparison.Ordinal);
        Assert.Contains("learning rate 0.01, constant", exception.Message, StringComparison.Ordinal);
        exception = Assert.Throws<WeightsException>(() => Bits.After(Images, Others, Options(Folder) with { Loss = Loss.CrossEntropy(0.1f) }));
        Assert.Contains("CrossEntropy, label smoothing 0;", exception.Message, StringComparison.Ordinal);
        Assert.Contains("CrossEntropy, label smoothing 0.1;", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_checkpoint_is_one_clear_exception_and_changes_nothing()
    {
        Bits.After(Images, Others, Options(Folder));
        string latest = Directory.GetFiles(Folder, "checkpoint-*").Order(StringComparer.Ordinal).Last();
        File.WriteAllBytes(latest, File.ReadAllBytes(latest)[..^100]);
        var network = new TinyNetwork(seed: 3);
        float[] before = Bits.Of(network);
        WeightsException exception = Assert.Throws<WeightsException>(
            () => network.Fit(Images, Others, Options(Folder), cancellation: TestContext.Current.CancellationToken));
        Assert.Contains(latest, exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, Bits.Of(network));
        Assert.Throws<WeightsException>(() => Checkpoint.LoadParameters(latest, network));
        using ITrainer free = ((INetwork)network).CreateTrainer(new Sgd(0.1f), Loss.CrossEntropy());
    }

    [Fact]
    public void A_file_that_is_no_checkpoint_is_refused()
    {
        Directory.CreateDirectory(Folder);
        new TinyNetwork().Save(Path.Combine(Folder, "checkpoint-000000000001.safetensors"));
        Assert.Contains(
            "is no checkpoint of Fit",
            Assert.Throws<WeightsException>(() => new TinyNetwork()
                .Fit(Images, Others, Options(Folder), cancellation: TestContext.Current.CancellationToken)).Message,
            StringComparison.Ordinal);
    }

    private static void Count(ref int left, CancellationTokenSource cancellation)
    {
        if (--left == 0)
            cancellation.Cancel();
    }

    private static FitOptions Options(string? folder) => new()
    {
        Optimizer = new AdamW(0.01f),
        Epochs = 3,
        BatchSize = 16,
        Schedule = Schedule.Cosine(),
        Averaging = new WeightAveraging(0.9) { EverySteps = 3 },
        Augmentation = new Augmentation { Shift = 1, Flip = true },
        Checkpoints = folder is null ? null : new CheckpointOptions(folder) { EverySteps = 5, Keep = 2 },
        Seed = 5,
    };
}
