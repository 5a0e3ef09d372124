using Cnn.Data;
using Cnn.Training;

namespace Cnn.Fitting.Tests;

/// <summary>What a user prints says what it is.</summary>
public sealed class TextTests
{
    [Fact]
    public void Options_are_told_without_their_defaults()
    {
        FitOptions options = new() { Optimizer = new Sgd(0.1f) { Momentum = 0.9f } };
        Assert.Equal(
            [
                "sgd momentum=0.9 weight_decay=0 nesterov=false, learning rate 0.1, constant",
                "CrossEntropy, label smoothing 0",
                "10 epochs in batches of 64, seed 0",
            ],
            options.ToString().Split(Environment.NewLine));
        options = options with
        {
            Clipping = GradientClipping.Norm(1),
            EarlyStopping = new EarlyStopping(5),
            Metrics = [new MeanIoU { Output = "mask" }, new RSquared()],
            MonitoredMetric = "mask mean IoU",
            Augmentation = new Augmentation { Flip = true, Shift = 2, Erasing = new RandomErasing(), CutMix = 1 },
            Normalization = new ChannelNormalization([0.5f], [0.25f]),
            Checkpoints = new CheckpointOptions("run") { EverySteps = 200 },
        };
        Assert.Equal(
            [
                "gradients of norm 1 at most",
                "stop after 5 epochs without 0 more",
                "measured: mask mean IoU, R²",
                "best by mask mean IoU",
                "augmentation: shift 2, flip, erasing of probability 0.5, area 0.02 to 0.33, stretch 3.3, cutmix 1",
                "means 0.5, deviations 0.25",
                "checkpoints in 'run' after each epoch, every 200 steps; the latest 3 are kept",
            ],
            options.ToString().Split(Environment.NewLine)[3..]);
    }

    [Fact]
    public void Results_are_told_with_their_numbers()
    {
        EpochResult epoch = new(3, 0.12, 0.9, 0.15, 0.9531, 0.01, 2) { Metrics = new MetricValues(new Dictionary<string, double> { ["accuracy"] = 0.9531 }) };
        Assert.Equal("epoch 3: loss 0.1200, validation loss 0.1500, validation accuracy 95.31 %", epoch.ToString());
        Assert.Equal(
            "1000 examples: loss 0.1500, accuracy 95.31 %", new EvaluationResult(1000, 0.15, [0.15], epoch.Metrics).ToString());
        ConfusionMatrix matrix = new(2);
        matrix.Add(0, 1);
        matrix.Add(1, 1);
        Assert.Equal(["truth  0  1", "    0  0  1", "    1  0  1"], matrix.ToString().Split(Environment.NewLine));
    }
}
