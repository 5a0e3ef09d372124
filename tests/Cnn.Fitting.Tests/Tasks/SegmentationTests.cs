using Cnn.Data;
using Cnn.Fitting.Tests.Support;
using Cnn.Training;

namespace Cnn.Fitting.Tests.Tasks;

[Network, Input(1, 16, 16)]
[Conv(8, 3, Padding = 1), BatchNorm, ReLU(Name = "fine")]
[MaxPool(2), Conv(16, 3, Padding = 1), BatchNorm, ReLU, Dropout(0.1), Upsample(2)]
[Concat("fine"), Conv(8, 3, Padding = 1), BatchNorm, ReLU]
[Conv(3, 1)]
public sealed partial class SmallUNet;

/// <summary>A U-Net on drawn shapes, through Fit: IoU, labels that do not count, and kills that change no bit.</summary>
public sealed class SegmentationTests : IDisposable
{
    private const int Unknown = 255;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_U_Net_learns_shapes_by_their_IoU_and_goes_on_to_the_same_bits_after_a_kill()
    {
        (Examples training, Examples validation) = (Shapes(160, seed: 1), Shapes(40, seed: 2));
        SmallUNet whole = new(seed: 1);
        FitResult result = whole.Fit(training, validation, Options(null), cancellation: TestContext.Current.CancellationToken);
        Assert.True(result.Best!.Metrics["mean IoU"] > 0.85, result.ToString());
        Assert.Equal(result.Epochs.Max(epoch => epoch.Metrics["mean IoU"]), result.Best!.Metrics["mean IoU"]);

        // Ended in the middle of the third epoch, and again in the fourth.
        foreach (int updates in new[] { 24, 15 })
        {
            using CancellationTokenSource kill = new();
            int left = updates;
            FitOptions killed = Options(_folder["run"]) with { Callbacks = [FitCallback.OnStepEnd(_ => Count(ref left, kill))] };
            Assert.Throws<OperationCanceledException>(() => new SmallUNet(seed: 1).Fit(training, validation, killed, cancellation: kill.Token));
        }

        SmallUNet resumed = new(seed: 8);
        FitResult again = resumed.Fit(training, validation, Options(_folder["run"]), cancellation: TestContext.Current.CancellationToken);
        Assert.True(again.Resumed);
        Assert.Equal(result.Epochs.Select(epoch => epoch with { Seconds = 0 }), again.Epochs.Select(epoch => epoch with { Seconds = 0 }));
        Assert.Equal(Bits.Of(whole), Bits.Of(resumed));
    }

    private static void Count(ref int left, CancellationTokenSource kill)
    {
        if (--left == 0)
            kill.Cancel();
    }

    private static FitOptions Options(string? folder) => new()
    {
        Optimizer = new Adam(0.01f),
        Loss = Loss.CrossEntropy(ignoreIndex: Unknown),
        Metrics = [new MeanIoU(), new DiceScore()],
        MonitoredMetric = "mean IoU",
        Epochs = 6,
        BatchSize = 16,
        Seed = 4,
        Checkpoints = folder is null ? null : new CheckpointOptions(folder) { EverySteps = 4 },
    };

    /// <summary>A disc and a square on a noisy ground; nobody knows what is at the edge of the picture.</summary>
    private static Examples Shapes(int count, int seed)
    {
        Random random = new(seed);
        (float[] pixels, byte[] maps) = (new float[count * 256], new byte[count * 256]);
        for (int image = 0; image < count; image++)
        {
            (int discX, int discY, int left, int top) = (random.Next(3, 13), random.Next(3, 13), random.Next(1, 11), random.Next(1, 11));
            for (int place = 0; place < 256; place++)
            {
                (int x, int y) = (place % 16, place / 16);
                bool isDisc = ((x - discX) * (x - discX)) + ((y - discY) * (y - discY)) <= 9;
                bool isSquare = !isDisc && x >= left && x < left + 4 && y >= top && y < top + 4;
                bool isEdge = x is 0 or 15 || y is 0 or 15;
                pixels[(image * 256) + place] = (0.4f * random.NextSingle()) + (isDisc ? 0.8f : isSquare ? 0.4f : 0);
                maps[(image * 256) + place] = (byte)(isEdge ? Unknown : isDisc ? 2 : isSquare ? 1 : 0);
            }
        }

        return new Examples(count, pixels, maps);
    }
}
