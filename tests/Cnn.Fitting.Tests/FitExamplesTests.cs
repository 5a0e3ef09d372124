using Cnn.Data;
using Cnn.Fitting.Tests.Support;
using Cnn.Fitting.Tests.Tasks;
using Cnn.Training;

namespace Cnn.Fitting.Tests;

/// <summary>Examples of every kind are trained as images with classes are.</summary>
public sealed class FitExamplesTests : IDisposable
{
    private static readonly ImageDataset Images = Quadrants.Create(96);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Images_as_examples_are_trained_to_the_same_bits()
    {
        TinyNetwork expected = new(seed: 1);
        FitResult first = expected.Fit(Images, Images, Options(), cancellation: TestContext.Current.CancellationToken);
        Examples examples = new(Images.Count, new ExampleColumn(Images.ImageLength, Images.CopyImage), Images.Labels.ToArray());
        TinyNetwork network = new(seed: 1);
        FitResult second = network.Fit(examples, examples, Options(), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(Bits.Of(expected), Bits.Of(network));
        Assert.Equal(first.Epochs.Select(epoch => epoch with { Seconds = 0 }), second.Epochs.Select(epoch => epoch with { Seconds = 0 }));
    }

    [Fact]
    public void A_stream_is_trained_as_it_comes_and_goes_on_in_the_middle_of_an_epoch()
    {
        TinyNetwork whole = new(seed: 1);
        whole.Fit(Stream().Shuffled(held: 20, seed: 3), Stream(), Options(), cancellation: TestContext.Current.CancellationToken);
        using CancellationTokenSource kill = new();
        int left = 8;
        FitOptions options = Options() with { Checkpoints = new CheckpointOptions(_folder["run"]) };
        FitOptions killed = options with
        {
            Callbacks =
            [
                FitCallback.OnStepEnd(_ =>
                {
                    if (--left == 0)
                        kill.Cancel();
                }),
            ],
        };
        Assert.Throws<OperationCanceledException>(
            () => new TinyNetwork(seed: 1).Fit(Stream().Shuffled(20, seed: 3), Stream(), killed, cancellation: kill.Token));
        TinyNetwork resumed = new(seed: 2);
        FitResult result = resumed.Fit(Stream().Shuffled(20, seed: 3), Stream(), options, cancellation: TestContext.Current.CancellationToken);
        Assert.True(result.Resumed);
        Assert.Equal(Bits.Of(whole), Bits.Of(resumed));
    }

    [Fact]
    public void Weights_of_0_count_neither_in_the_loss_nor_in_a_metric()
    {
        float[] pixels = new float[Images.Count * 64];
        for (int image = 0; image < Images.Count; image++)
            Images.CopyImage(image, pixels.AsSpan(image * 64, 64));
        int[] damaged = [.. Images.Labels.ToArray().Select((label, image) => image < 48 ? label : (label + 1) % 4)];
        float[] weights = [.. Enumerable.Range(0, Images.Count).Select(image => image < 48 ? 1f : 0)];
        Examples weighted = new(Images.Count, pixels, new ExampleColumn(damaged) { Weights = weights });
        Examples half = new(48, pixels[..(48 * 64)], damaged[..48]);
        TinyNetwork network = new(seed: 1);
        EvaluationOptions options = new() { Loss = Loss.CrossEntropy() };
        EvaluationResult expected = network.Evaluate(half, options, TestContext.Current.CancellationToken);
        EvaluationResult actual = network.Evaluate(weighted, options, TestContext.Current.CancellationToken);
        Assert.Equal(expected.Loss, actual.Loss, 1e-12);
        Assert.Equal(expected.Metrics, actual.Metrics);
    }

    [Fact]
    public void Groups_and_choices_of_parameters_are_passed_on()
    {
        TinyNetwork network = new(seed: 1);
        float[] body = network.Parameters["conv1.weight"].Values.ToArray();
        float[] head = network.Parameters["linear2.weight"].Values.ToArray();
        float[] bias = network.Parameters["linear2.bias"].Values.ToArray();
        network.Fit(Images, null, Options() with
        {
            Trains = parameter => parameter.Name.StartsWith("linear2.", StringComparison.Ordinal),
            Groups = [new ParameterGroup("linear2.bias") { LearningRateFactor = 0 }],
        }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(body, network.Parameters["conv1.weight"].Values.ToArray());
        Assert.Equal(bias, network.Parameters["linear2.bias"].Values.ToArray());
        Assert.NotEqual(head, network.Parameters["linear2.weight"].Values.ToArray());
    }

    [Fact]
    public void What_does_not_fit_is_told_before_anything_is_trained()
    {
        Examples one = new(4, new float[4 * 64], new int[4]);
        Assert.Contains("The training examples have 1 target, and Portrait has 2 outputs: kind, brightness", Refused(one), StringComparison.Ordinal);
        Examples narrow = new(4, [new float[4 * 63]], [new int[4], new float[4]]);
        Assert.Contains("have inputs of 63 floats, and Portrait takes: image 64", Refused(narrow), StringComparison.Ordinal);
        Examples fits = new(4, [new float[4 * 64]], [new int[4], new float[4]]);
        Assert.Contains("names no output, and the network has several (kind, brightness)", Refused(fits, new Accuracy()), StringComparison.Ordinal);
        Assert.Contains("compares with as many values as the output 'kind' has, 4, and its target has 1 label",
            Refused(fits, new MeanAbsoluteError { Output = "kind" }), StringComparison.Ordinal);
        Assert.Contains("MonitoredMetric is 'R²', and the metrics are: kind accuracy",
            Refused(fits, new Accuracy { Output = "kind" }, monitored: "R²"), StringComparison.Ordinal);

        static string Refused(Examples examples, Metric? metric = null, string? monitored = null) => Assert.ThrowsAny<ArgumentException>(
            () => new Portrait(seed: 1).Fit(examples, examples, new FitOptions
            {
                Optimizer = new Sgd(0.1f),
                Loss = Loss.Each(Loss.CrossEntropy(), Loss.Huber()),
                Metrics = metric is null ? [] : [metric],
                MonitoredMetric = monitored,
            }, cancellation: TestContext.Current.CancellationToken)).Message;
    }

    [Fact]
    public void A_callback_that_stops_in_the_middle_of_an_epoch_leaves_a_checkpoint_to_go_on_from()
    {
        TinyNetwork whole = new(seed: 1);
        whole.Fit(Images, null, Options(), cancellation: TestContext.Current.CancellationToken);
        FitOptions options = Options() with { Checkpoints = new CheckpointOptions(_folder["run"]) };
        Reports reports = new();
        FitResult stopped = new TinyNetwork(seed: 1).Fit(Images, null, options with
        {
            Callbacks = [FitCallback.OnStepEnd(training => StopAt(training, 8))],
        }, reports, TestContext.Current.CancellationToken);
        Assert.True(stopped.Stopped);
        Assert.Single(stopped.Epochs);
        Assert.Same(stopped, reports.All[^1].Result);

        TinyNetwork resumed = new(seed: 2);
        Reports again = new();
        resumed.Fit(Images, null, options, again, TestContext.Current.CancellationToken);
        Assert.True(again.All[0] is { Resumed: true, Epoch: 2, Step: 2 });
        Assert.Equal(Bits.Of(whole), Bits.Of(resumed));

        static void StopAt(FitContext training, long update)
        {
            if (training.Updates == update)
                training.Stop();
        }
    }

    private static FitOptions Options() => new() { Optimizer = new Adam(0.01f), Epochs = 3, BatchSize = 16, Seed = 5 };

    private static ExampleStream Stream() => new(Images.Count, [Images.ImageLength], [TargetFormat.Labels()], _ => Read());

    /// <summary>The same arrays for each example.</summary>
    private static IEnumerable<Example> Read()
    {
        (float[] image, int[] label) = (new float[Images.ImageLength], new int[1]);
        for (int index = 0; index < Images.Count; index++)
        {
            Images.CopyImage(index, image);
            label[0] = Images.Labels[index];
            yield return new Example(image, label);
        }
    }
}
