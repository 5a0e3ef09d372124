using System.Collections.Concurrent;
using Cnn.CompilerServices;
using Cnn.Functional.Tests.Networks;
using Cnn.Functional.Tests.Support;

namespace Cnn.Functional.Tests.Training;

/// <summary>Several processes, here threads, that train one network give the bits of one.</summary>
public sealed class RankTests
{
    private const int MicroBatch = 2;

    /// <summary>Batches that divide evenly, unevenly, into a tree with a rest, and into fewer micro-batches than there are ranks.</summary>
    private static readonly int[] Batches = [16, 10, 14, 6, 3, 16, 2];

    public static TheoryData<int> Counts => [1, 2, 3, 4, 5, 8];

    [Theory]
    [MemberData(nameof(Counts))]
    public void Steps_give_the_bits_of_one_process(int count)
    {
        var expected = Train(null);
        ConcurrentDictionary<int, float[]> results = [];
        MemoryRanks.Run(count, ranks => results[ranks.Rank] = Train(ranks));
        Assert.Equal(count, results.Count);
        foreach ((int rank, float[] actual) in results)
            Tolerance.SameBits(expected, actual, FormattableString.Invariant($"rank {rank} of {count}"));

        // Dropout, class weights and an ignored label: what a mean is taken over is known to no rank alone.
        static float[] Train(IRanks? ranks)
        {
            RegularizedLeNet network = new(seed: 7);
            using ITrainer trainer = network.CreateTrainer(
                new Adam(0.001f),
                Loss.CrossEntropy(0.1f, [1, 3, 0.3f, 1, 1, 1.7f, 1, 1, 1, 1], ignoreIndex: -1),
                new TrainerOptions { BatchSize = 16, MicroBatch = MicroBatch, Ranks = ranks, Threads = 1, Seed = 3 });
            List<float> losses = [];
            for (int step = 0; step < Batches.Length; step++)
            {
                int images = Batches[step] / MicroBatch * MicroBatch;
                float[] inputs = TestData.Reals(images * RegularizedLeNet.InputLength, step);
                int[] labels = TestData.Labels(images, 10, step);
                labels[0] = -1;
                (int first, int share) = ranks?.ShareOf(images, MicroBatch) ?? (0, images);
                Range own = (first * RegularizedLeNet.InputLength)..((first + share) * RegularizedLeNet.InputLength);
                losses.Add(trainer.Step(inputs.AsSpan(own), labels.AsSpan(first, share)));
            }

            return [.. losses, .. network.Parameters.Where(parameter => parameter.IsTrainable).SelectMany(parameter => parameter.Values.ToArray())];
        }
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void Several_outputs_own_losses_and_parameters_that_stay_give_the_bits_of_one_process(int count)
    {
        float[] expected = Train(null);
        ConcurrentDictionary<int, float[]> results = [];
        MemoryRanks.Run(count, ranks => results[ranks.Rank] = Train(ranks));
        foreach ((int rank, float[] actual) in results)
            Tolerance.SameBits(expected, actual, FormattableString.Invariant($"rank {rank} of {count}"));

        static float[] Train(IRanks? ranks)
        {
            TwoHeads network = new(seed: 5);
            using ITrainer trainer = network.CreateTrainer(
                new Sgd(0.1f),
                Loss.Each(Loss.CrossEntropy(), 0.5f * Loss.Custom("squares", Squares)),
                new TrainerOptions
                {
                    BatchSize = 16,
                    MicroBatch = MicroBatch,
                    Ranks = ranks,
                    Threads = 1,
                    Trains = parameter => !parameter.Name.StartsWith("linear1", StringComparison.Ordinal),
                });
            List<float> losses = [];
            for (int step = 0; step < Batches.Length; step++)
            {
                int images = Batches[step];
                (int first, int share) = ranks?.ShareOf(images, MicroBatch) ?? (0, images);
                float[] facts = Own(TestData.Reals(images * TwoHeads.FactsLength, step), images);
                float[] left = Own(TestData.Reals(images * TwoHeads.LeftImageLength, step + 1), images);
                int[] digits = Own(TestData.Labels(images, TwoHeads.DigitLength, step), images);
                float[] masks = Own(TestData.Reals(images * TwoHeads.MaskLength, step + 2), images);
                losses.Add(trainer.Step([.. facts, .. left], new TargetSet(digits, masks)));

                T[] Own<T>(T[] all, int images) => all[(first * (all.Length / images))..((first + share) * (all.Length / images))];
            }

            return [.. losses, .. network.Parameters.Where(parameter => parameter.IsTrainable).SelectMany(parameter => parameter.Values.ToArray())];
        }

        static float Squares(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradients)
        {
            double sum = 0;
            for (int index = 0; index < outputs.Length; index++)
            {
                double difference = outputs[index] - targets[index];
                sum += difference * difference;
                gradients[index] = (float)(2 * difference / outputs.Length);
            }

            return (float)(sum / outputs.Length);
        }
    }

    [Fact]
    public void Rounded_gradients_are_near_those_of_one_process_and_the_same_on_all_ranks()
    {
        const int Images = 8;
        float[] inputs = TestData.Reals(Images * Independent.InputLength, 1);
        int[] labels = TestData.Labels(Images, Independent.OutputLength, 2);
        float[] expected = Gradients(null, RankPrecision.BFloat16);
        ConcurrentDictionary<int, float[]> results = [];
        MemoryRanks.Run(3, ranks => results[ranks.Rank] = Gradients(ranks, RankPrecision.BFloat16));
        Tolerance.SameBits(results[0], results[1], "rank 1");
        Tolerance.SameBits(results[0], results[2], "rank 2");
        Tolerance.SameBits([.. results[0].Select(gradient => BFloat16Bits.ToSingle(BFloat16Bits.Nearest(gradient)))], results[0], "rounded gradients");
        Assert.NotEqual(expected, results[0]);

        // Each node and the sum are rounded to 8 bits; nodes may be larger than what they come to.
        double largest = expected.Max(Math.Abs);
        Assert.All(expected.Zip(results[0]), pair => Assert.Equal(pair.First, pair.Second, largest / 64));

        float[] Gradients(IRanks? ranks, RankPrecision precision)
        {
            using ITrainer trainer = new Independent(3).CreateTrainer(new Sgd(0.1f), Loss.CrossEntropy(), new TrainerOptions
            {
                BatchSize = Images,
                MicroBatch = MicroBatch,
                Ranks = ranks,
                RankPrecision = precision,
                Threads = 1,
            });
            (int first, int share) = ranks?.ShareOf(Images, MicroBatch) ?? (0, Images);
            trainer.ForwardBackward(
                inputs.AsSpan(first * Independent.InputLength, share * Independent.InputLength), labels.AsSpan(first, share));
            return trainer.Gradients.ToArray();
        }
    }

    [Fact]
    public void Backward_sums_the_gradients_of_all_ranks_as_ForwardBackward_does()
    {
        const int Images = 4;
        float[] inputs = TestData.Reals(Images * Independent.InputLength, 1);
        int[] labels = TestData.Labels(Images, Independent.OutputLength, 2);

        // Of three ranks one has no images.
        MemoryRanks.Run(3, ranks =>
        {
            using ITrainer trainer = new Independent(3).CreateTrainer(
                new Sgd(0.1f), Loss.CrossEntropy(), new TrainerOptions { BatchSize = Images, MicroBatch = MicroBatch, Ranks = ranks, Threads = 1 });
            (int first, int share) = ranks.ShareOf(Images, MicroBatch);
            float[] own = inputs[(first * Independent.InputLength)..((first + share) * Independent.InputLength)];
            trainer.ForwardBackward(own, labels.AsSpan(first, share));
            float[] gradients = trainer.Gradients.ToArray();
            float[] slopes = trainer.OutputGradients.ToArray();
            trainer.Forward(own);
            slopes.CopyTo(trainer.OutputGradients);
            trainer.Backward();
            Tolerance.SameBits(gradients, trainer.Gradients, FormattableString.Invariant($"rank {ranks.Rank}"));
        });
    }

    [Fact]
    public void Shares_are_whole_micro_batches_in_order()
    {
        for (int count = 1; count <= 5; count++)
        {
            ConcurrentDictionary<int, (int First, int Count)> shares = [];
            MemoryRanks.Run(count, ranks => shares[ranks.Rank] = ranks.ShareOf(100, 32));
            Assert.Equal(100, shares.Values.Sum(share => share.Count));
            int next = 0;
            for (int rank = 0; rank < count; rank++)
            {
                Assert.Equal(next, shares[rank].First);
                Assert.Equal(0, shares[rank].First == 100 ? 0 : shares[rank].First % 32);
                next += shares[rank].Count;
            }
        }
    }

    [Fact]
    public void Shares_that_cut_a_micro_batch_are_refused_on_every_rank()
    {
        ConcurrentBag<string> messages = [];
        MemoryRanks.Run(3, ranks =>
        {
            using ITrainer trainer = Create(ranks, MicroBatch);
            float[] inputs = TestData.Reals(3 * Small.InputLength, 1);
            int[] labels = TestData.Labels(3, Small.OutputLength, 2);
            messages.Add(Assert.Throws<ArgumentException>(() => trainer.Step(inputs, labels)).Message);
        });
        Assert.Equal(3, messages.Count);
        const string Refusal = "Of the images of the batch the ranks have 3, 3, 3, in micro-batches of 2";
        Assert.All(messages, message => Assert.Contains(Refusal, message, StringComparison.Ordinal));
        MemoryRanks.Run(2, ranks =>
        {
            ArgumentException exception = Assert.Throws<ArgumentException>(() => Create(ranks, 0));
            Assert.Contains("MicroBatch is 0", exception.Message, StringComparison.Ordinal);
        });

        static ITrainer Create(IRanks ranks, int microBatch) => new Small(seed: 1).CreateTrainer(
            new Sgd(0.1f), Loss.CrossEntropy(), new TrainerOptions { BatchSize = 4, MicroBatch = microBatch, Ranks = ranks, Threads = 1 });
    }

    [Fact]
    public void Sums_are_in_the_order_of_the_ranks() => MemoryRanks.Run(3, ranks =>
    {
        double[] values = [ranks.Rank == 0 ? 1e16 : ranks.Rank == 1 ? 1 : -1e16, ranks.Rank];
        ranks.Sum(values.AsSpan());
        Assert.Equal([(1e16 + 1) - 1e16, 3], values);
        long[] counts = [ranks.Rank, 1];
        ranks.Sum(counts.AsSpan());
        Assert.Equal([3, 3], counts);
        Assert.True(ranks.Agree([7, 8]));
        Assert.False(ranks.Agree([7, ranks.Rank]));
    });
}
