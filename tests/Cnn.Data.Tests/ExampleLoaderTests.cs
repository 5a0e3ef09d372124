namespace Cnn.Data.Tests;

public sealed class ExampleLoaderTests
{
    [Fact]
    public void A_batch_has_port_after_port_each_with_all_examples()
    {
        ExampleColumn weighted = new(new[] { 4, 3, 2, 1, 0 }) { Weights = [1, 0, 1, 0, 1] };
        Examples examples = new(
            5,
            inputs: [Numbers(5, 2), new byte[] { 0, 51, 102, 153, 255 }],
            targets: [weighted, Numbers(5, 3), ExampleColumn.None, new byte[] { 1, 2, 3, 4, 5 }]);
        Assert.Equal("5 examples: 2 floats, 1 float; 1 label with 1 weight, 3 values, nothing, 1 label", examples.ToString());
        using ExampleLoader loader = new(examples, new LoaderOptions { BatchSize = 3, Shuffle = false });
        Assert.Equal(2, loader.BatchCount);
        Assert.True(loader.Next());
        Assert.Equal([0, 1, 10, 11, 20, 21, 0, 0.2f, 0.4f], loader.Batch.Inputs.ToArray());
        Assert.Equal([4, 3, 2], loader.Batch.Labels().ToArray());
        Assert.Equal([1f, 0, 1], loader.Batch.Weights().ToArray());
        Assert.Equal([0, 1, 2, 10, 11, 12, 20, 21, 22], loader.Batch.Values(1).ToArray());
        TargetSet full = loader.Batch.Targets;
        Assert.Equal([4, 3, 2], full[0].Labels.ToArray());
        Assert.Equal([1f, 0, 1], full[0].Weights.ToArray());
        Assert.False(full[2].IsGiven);
        Assert.Equal([1, 2, 3], full[3].Labels.ToArray());

        Assert.True(loader.Next());
        Assert.Equal([30, 31, 40, 41, 0.6f, 1], loader.Batch.Inputs.ToArray());
        Assert.Equal([1, 0], loader.Batch.Targets[0].Labels.ToArray());
        Assert.False(loader.Next());
        Assert.True(loader.Batch.Inputs.IsEmpty && loader.Indices.IsEmpty);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void A_stream_gives_its_examples_in_order_from_any_batch_on(int workers)
    {
        using ExampleLoader loader = new(Stream(11), new LoaderOptions { BatchSize = 4, Workers = workers });
        Assert.Equal(3, loader.BatchCount);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            for (int first = 0; first <= 3; first++)
            {
                loader.StartEpoch(epoch, first);
                Assert.Equal(Enumerable.Range(0, 11).Skip(first * 4).Select(index => (100f * epoch) + index), Rest(loader));
            }
        }
    }

    [Fact]
    public void A_shuffled_stream_gives_each_example_once_in_an_order_of_the_seed_and_the_epoch()
    {
        float[] first = Epoch(seed: 1, epoch: 0);
        Assert.Equal(Enumerable.Range(0, 50).Select(index => (float)index), first.Order());
        Assert.NotEqual(first, first.Order());
        Assert.Equal(first, Epoch(seed: 1, epoch: 0));
        Assert.NotEqual(first, Epoch(seed: 2, epoch: 0));
        Assert.NotEqual(first, Epoch(seed: 1, epoch: 1).Select(value => value - 100));

        // Nothing comes earlier than it can have been read.
        Assert.All(first.Select((value, place) => value - place), ahead => Assert.True(ahead < 8));

        static float[] Epoch(int seed, int epoch)
        {
            using ExampleLoader loader = new(Stream(50).Shuffled(held: 8, seed), new LoaderOptions { BatchSize = 7 });
            loader.StartEpoch(epoch);
            return [.. Rest(loader)];
        }
    }

    [Fact]
    public void A_stream_that_gives_something_else_than_it_says_is_told()
    {
        ExampleStream wrong = new(3, [2], [TargetFormat.Labels()], _ => [new Example(new float[1], new int[1])]);
        Assert.Contains("has 1 floats of input 0, and its format says 2", Failure(wrong), StringComparison.Ordinal);
        ExampleStream shortened = new(3, [1], [TargetFormat.Labels()], _ => [new Example(new float[1], new int[1])]);
        Assert.Contains("ended in epoch 0 behind example 0, and says that it has 3", Failure(shortened), StringComparison.Ordinal);

        static string Failure(ExampleStream stream)
        {
            using ExampleLoader loader = new(stream);
            return Assert.Throws<InvalidOperationException>(() => loader.Next()).Message;
        }
    }

    [Fact]
    public void Parts_share_their_examples()
    {
        Examples examples = new(10, Numbers(10, 1), Enumerable.Range(0, 10).ToArray());
        (IExamples first, IExamples second) = examples.Split(0.7, seed: 4);
        Assert.Equal((7, 3), (first.Count, second.Count));
        Assert.Equal(Enumerable.Range(0, 10), Labels(first).Concat(Labels(second)).Order());
        Assert.Equal(Labels(first), Labels(examples.Split(0.7, seed: 4).First));
        Assert.Equal([3, 3, 9], Labels(examples.Subset([3, 3, 9])));
        Assert.Equal([9, 3], Labels(examples.Subset([3, 3, 9]).Subset([2, 0])));
        Assert.Contains("one part would be empty", Assert.Throws<ArgumentException>(() => examples.Split(0.01)).Message, StringComparison.Ordinal);

        static int[] Labels(IExamples examples)
        {
            using ExampleLoader loader = new(examples, new LoaderOptions { BatchSize = 4, Shuffle = false });
            List<int> labels = [];
            while (loader.Next())
                labels.AddRange(loader.Batch.Labels());
            return [.. labels];
        }
    }

    [Fact]
    public void Columns_that_do_not_fit_are_refused()
    {
        Assert.Contains("The input has 7 numbers for 3 examples", Refused(() => new Examples(3, new float[7], new int[3])), StringComparison.Ordinal);
        Assert.Contains("Target 1 has 2 weights for 3 examples",
            Refused(() => new Examples(3, [new float[3]], [new int[3], new ExampleColumn(new int[3]) { Weights = new float[2] }])), StringComparison.Ordinal);
        Assert.Contains("The input has no numbers that a network takes", Refused(() => new Examples(3, new int[3], new int[3])), StringComparison.Ordinal);
        Assert.Contains("Element 1 of example 1 of the target is NaN",
            Refused(() => new Examples(3, new float[3], new float[] { 0, 1, 2, float.NaN, 4, 5 })), StringComparison.OrdinalIgnoreCase);

        static string Refused(Func<object> make) => Assert.ThrowsAny<ArgumentException>(make).Message;
    }

    private static float[] Numbers(int count, int length) =>
        [.. Enumerable.Range(0, count * length).Select(index => (10f * (index / length)) + (index % length))];

    private static ExampleStream Stream(int count) => new(count, [1], [TargetFormat.Labels()],
        epoch => Enumerable.Range(0, count + 5).Select(index => new Example(new[] { (100f * epoch) + index }, new[] { index })));

    private static List<float> Rest(ExampleLoader loader)
    {
        List<float> inputs = [];
        while (loader.Next())
            inputs.AddRange(loader.Batch.Inputs);
        return inputs;
    }
}
