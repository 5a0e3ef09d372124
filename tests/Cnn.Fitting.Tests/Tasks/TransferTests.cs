using Cnn.Data;
using Cnn.Training;

namespace Cnn.Fitting.Tests.Tasks;

[Block]
[Conv(8, 3, Padding = 1, Bias = false), BatchNorm, ReLU, MaxPool(2), Conv(16, 3, Padding = 1, Bias = false), BatchNorm, ReLU, MaxPool(2)]
[Flatten, Linear(32), ReLU]
public sealed class DigitBody;

[Network, Input(1, 28, 28)]
[Block<DigitBody>(Name = "body"), Linear(10, Name = "digits")]
public sealed partial class Upright;

[Network, Input(1, 28, 28)]
[Block<DigitBody>(Name = "body"), Linear(10, Name = "lying")]
public sealed partial class Lying;

/// <summary>A body that has learned something learns something else sooner.</summary>
public sealed class TransferTests
{
    [Fact]
    public void After_one_epoch_a_body_that_was_taken_over_is_better_than_a_new_one()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        Upright source = new(seed: 1);
        source.Fit(RenderedDigits.Create(2_000), null, Options() with { Epochs = 3 }, cancellation: token);
        using MemoryStream file = new();
        source.Save(file);
        file.Position = 0;
        Lying transferred = new(seed: 2);
        LoadReport report = transferred.LoadMatching(file);
        Assert.Equal(["lying.weight", "lying.bias"], report.Missing);

        ImageDataset training = OnTheirSide(RenderedDigits.Create(200, seed: 5));
        ImageDataset test = OnTheirSide(RenderedDigits.Create(500, part: DatasetPart.Test));
        Lying scratch = new(seed: 2);
        scratch.Fit(training, null, Options(), cancellation: token);
        transferred.Fit(training, null, Options(), cancellation: token);
        double fromScratch = scratch.Evaluate(test, cancellation: token).Metrics["accuracy"];
        double withBody = transferred.Evaluate(test, cancellation: token).Metrics["accuracy"];
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{fromScratch} from scratch, {withBody} with the body"));
        Assert.True(withBody > fromScratch + 0.05, FormattableString.Invariant($"{withBody} with the body, {fromScratch} from scratch"));
    }

    private static FitOptions Options() => new() { Optimizer = new Adam(2e-3f), Epochs = 1, BatchSize = 16, Seed = 3 };

    private static ImageDataset OnTheirSide(ImageDataset images)
    {
        (float[] turned, float[] image) = (new float[images.Count * 784], new float[784]);
        for (int index = 0; index < images.Count; index++)
        {
            images.CopyImage(index, image);
            for (int pixel = 0; pixel < 784; pixel++)
                turned[(index * 784) + (pixel % 28 * 28) + 27 - (pixel / 28)] = image[pixel];
        }

        return new ImageDataset(turned, images.Labels.ToArray(), images.Shape, images.ClassCount);
    }
}
