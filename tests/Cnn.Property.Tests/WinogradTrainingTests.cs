using Cnn.Functional.Tests.Support;
using Cnn.Property.Tests.Compiling;
using Cnn.Property.Tests.Layers;
using Cnn.Property.Tests.Oracle;
using Cnn.Property.Tests.Runs;

namespace Cnn.Property.Tests;

/// <summary>
/// A trainer computes wide 3x3 and 5x5 convolutions by Winograd's tiles, forward and backward, whatever is left over at the edges and in the last strip.
/// </summary>
public sealed class WinogradTrainingTests
{
    private const string Deep = "three layers deep";

    private static readonly Window Padded = new(3) { Padding = 1 };
    private static readonly Window WidePadded = new(5) { Padding = 2 };

    private static readonly Dictionary<string, NetworkDescription> Wide = new()
    {
        ["several strips of sums"] = new(
            new InputLayer(new MapShape(128, 23, 22)), new ConvLayer(64, Padded), new ActivationLayer("ReLU"), new ConvLayer(144, Padded)),
    };

    public static TheoryData<string> Names => [.. Networks.Names];

    private static DeclaredNetworks Networks { get; } = new(new Dictionary<string, NetworkDescription>
    {
        ["one tile"] = new(new InputLayer(new MapShape(32, 4, 4)), new ConvLayer(32, Padded)),
        ["a third of a tile"] = new(new InputLayer(new MapShape(48, 2, 3)), new ConvLayer(40, Padded), new ActivationLayer("ReLU")),
        ["a row of tiles"] = new(new InputLayer(new MapShape(32, 3, 21)), new ConvLayer(32, Padded) { Bias = false }),
        ["no padding"] = new(new InputLayer(new MapShape(33, 9, 8)), new ConvLayer(35, new Window(3)), new ConvLayer(32, Padded)),
        ["padding of two"] = new(new InputLayer(new MapShape(32, 5, 6)), new ConvLayer(32, new Window(3) { Padding = 2 }), new ConvLayer(32, Padded)),
        ["padding on one side"] = new(
            new InputLayer(new MapShape(32, 7, 6)), new ConvLayer(32, new Window(3) { Paddings = [2, 0, 0, 1] }), new ConvLayer(32, Padded)),
        ["more padding than a kernel reaches"] = new(
            new InputLayer(new MapShape(32, 4, 5)), new ConvLayer(32, Padded), new ConvLayer(32, new Window(3) { Padding = 3 })),
        ["blocks of lanes that are not equal"] = new(new InputLayer(new MapShape(80, 5, 5)), new ConvLayer(72, Padded), new ConvLayer(80, Padded)),
        ["several parts of the inputs"] = new(new InputLayer(new MapShape(128, 4, 4)), new ConvLayer(64, Padded) { Bias = false }, new BatchNormLayer()),
        ["several strips"] = new(new InputLayer(new MapShape(32, 13, 14)), new ConvLayer(32, Padded), new ActivationLayer("ReLU")),
        ["a frozen layer"] = new(
            new InputLayer(new MapShape(32, 6, 6)), new ConvLayer(32, Padded), new ConvLayer(32, Padded) { Frozen = true }, new ConvLayer(32, Padded)),
        ["a residual and another reader"] = new(
            new InputLayer(new MapShape(32, 7, 7)), new ConvLayer(32, Padded) { Name = "first" }, new ConvLayer(32, Padded),
            new AddLayer("first"), new ConvLayer(32, Padded)),
        ["a concatenation"] = new(
            new InputLayer(new MapShape(32, 6, 5)), new ConvLayer(40, Padded) { Name = "first" }, new ConvLayer(40, Padded),
            new ConcatLayer("first"), new ConvLayer(32, Padded)),
        ["5x5: a tile"] = new(new InputLayer(new MapShape(32, 2, 2)), new ConvLayer(32, WidePadded)),
        ["5x5: a position"] = new(new InputLayer(new MapShape(32, 1, 1)), new ConvLayer(40, WidePadded), new ActivationLayer("ReLU")),
        ["5x5: tiles that reach over both edges"] = new(
            new InputLayer(new MapShape(32, 9, 11)), new ConvLayer(50, WidePadded), new ActivationLayer("ReLU"),
            new MaxPoolLayer(new Window(2) { Stride = 2 })),
        ["5x5: no padding"] = new(new InputLayer(new MapShape(24, 11, 8)), new ConvLayer(33, new Window(5)), new ConvLayer(32, Padded)),
        ["5x5: padding on one side"] = new(
            new InputLayer(new MapShape(32, 7, 6)), new ConvLayer(32, new Window(5) { Paddings = [3, 0, 1, 4] }), new ConvLayer(32, WidePadded)),
        ["5x5: several parts of the inputs"] = new(
            new InputLayer(new MapShape(128, 4, 3)), new ConvLayer(64, WidePadded) { Bias = false }, new BatchNormLayer()),
        ["5x5 beside 3x3"] = new(
            new InputLayer(new MapShape(32, 6, 5)), new ConvLayer(40, Padded) { Name = "first" }, new ConvLayer(40, WidePadded),
            new ConcatLayer("first"), new ConvLayer(32, Padded)),
        [Deep] = new(
            new InputLayer(new MapShape(3, 8, 8)), new ConvLayer(32, Padded) { Bias = false }, new BatchNormLayer(), new ActivationLayer("ReLU"),
            new ConvLayer(32, Padded) { Bias = false }, new BatchNormLayer(), new ActivationLayer("ReLU"), new ConvLayer(48, Padded),
            new FlattenLayer(), new LinearLayer(5)),
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void A_network_with_it_agrees_with_the_oracle_on_every_set_and_number_of_threads(string name)
    {
        Networks.Check(name);
        Assert.Contains(PlannedSteps.OfTrainer(Networks.Describe(name)), static step => step.EndsWith("PointSums", StringComparison.Ordinal));
        Assert.Contains(PlannedSteps.OfTrainer(Networks.Describe(name)), static step => step.EndsWith("TurnedWeightPoints", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a third of a tile")]
    [InlineData("no padding")]
    [InlineData("several strips")]
    [InlineData("5x5: no padding")]
    public void What_an_image_comes_to_does_not_depend_on_the_others(string name)
    {
        INetwork network = Networks.Create(name);
        const int Images = 5;
        Random random = new(3);
        float[] inputs = [.. Enumerable.Range(0, Images * network.InputLength).Select(_ => random.NextSingle() - 0.5f)];
        float[] gradients = [.. Enumerable.Range(0, Images * network.OutputLength).Select(_ => random.NextSingle() - 0.5f)];
        using ITrainer trainer = network.CreateTrainer(
            new Sgd(0.1f), Loss.MeanSquaredError(), new TrainerOptions { BatchSize = Images, InputGradients = true, Threads = 2 });
        (float[] outputs, float[] inputGradients) = Pass(trainer, inputs, gradients);
        for (int image = 0; image < Images; image++)
        {
            (Range input, Range output) = (Part(image, network.InputLength), Part(image, network.OutputLength));
            (float[] alone, float[] aloneGradients) = Pass(trainer, inputs[input], gradients[output]);
            Tolerance.SameBits(outputs.AsSpan(output), alone, "outputs");
            Tolerance.SameBits(inputGradients.AsSpan(input), aloneGradients, "input gradients");
        }
    }

    /// <summary>Larger than the oracle can do in the time of a test.</summary>
    [Fact]
    public void Many_strips_agree_with_direct_sums()
    {
        const int Images = 5;
        Dictionary<string, float[]>[] results = [.. new[] { true, false }.Select(tiles =>
        {
            INetwork network = new DeclaredNetworks(Wide, tiles).Create(Wide.Keys.Single());
            Random random = new(7);
            float[] inputs = [.. Enumerable.Range(0, Images * network.InputLength).Select(_ => random.NextSingle() - 0.5f)];
            float[] targets = [.. Enumerable.Range(0, Images * network.OutputLength).Select(_ => 40 * (random.NextSingle() - 0.5f))];
            using ITrainer trainer = network.CreateTrainer(
                new Sgd(0.1f), Loss.MeanSquaredError(), new TrainerOptions { BatchSize = Images, InputGradients = true, Threads = 2 });
            trainer.ForwardBackward(inputs, targets);
            Dictionary<string, float[]> found = new() { ["outputs"] = trainer.Outputs.ToArray(), ["input gradients"] = trainer.InputGradients.ToArray() };
            foreach (Parameter parameter in network.Parameters)
                found.Add(parameter.Name, trainer.Gradient(parameter.Name).ToArray());
            return found;
        })];
        foreach ((string name, float[] direct) in results[1])
        {
            double scale = direct.Max(Math.Abs);
            Assert.NotEqual(0, scale);
            for (int index = 0; index < direct.Length; index++)
                Tolerance.Training.Check(direct[index] / scale, (float)(results[0][name][index] / scale), name, index);
        }
    }

    [Fact]
    public void Micro_batches_give_the_same_bits_on_every_number_of_threads()
    {
        INetwork network = Networks.Create(Deep);
        Random random = new(5);
        const int Images = 11;
        float[] inputs = [.. Enumerable.Range(0, Images * network.InputLength).Select(_ => random.NextSingle() - 0.5f)];
        int[] labels = [.. Enumerable.Range(0, Images).Select(static image => image % 5)];
        float[]? first = null;
        foreach (int threads in (int[])[1, 2, 3, 7])
        {
            using ITrainer trainer = network.CreateTrainer(
                new Sgd(0.1f), Loss.CrossEntropy(), new TrainerOptions { BatchSize = Images, MicroBatch = 3, Threads = threads });
            trainer.ForwardBackward(inputs, labels);
            float[] gradients = trainer.Gradients.ToArray();
            Tolerance.SameBits(first ??= gradients, gradients, $"gradients on {threads} threads");
        }
    }

    private static (float[] Outputs, float[] InputGradients) Pass(ITrainer trainer, float[] inputs, float[] gradients)
    {
        float[] outputs = trainer.Forward(inputs).ToArray();
        gradients.CopyTo(trainer.OutputGradients);
        trainer.Backward();
        return (outputs, trainer.InputGradients.ToArray());
    }

    private static Range Part(int image, int length) => (image * length)..((image + 1) * length);
}
