using System.Diagnostics;
using System.Globalization;
using Cnn.Functional.Tests.Networks;
using Cnn.Functional.Tests.Support;

namespace Cnn.Functional.Tests.Training;

public sealed class ThreadingTests
{
    [Fact]
    public void Fifty_steps_from_one_seed_give_the_same_bits_for_one_two_and_three_threads()
    {
        float[] one = Train(1);
        Tolerance.SameBits(one, Train(2), "two threads");
        Tolerance.SameBits(one, Train(3), "three threads");
        Tolerance.SameBits(one, Train(1), "the same again");
    }

    [Fact]
    public void Three_threads_take_at_most_half_again_as_long_as_two_on_two_cores()
    {
        // A busy machine slows the larger team more: only what holds in none of several attempts is a fault.
        const int Attempts = 6;
        List<double> ratios = [];
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            ratios.Add(SlowDown());
            if (ratios[^1] <= 1.5)
                return;
        }

        Assert.Fail("Three threads took so many times as long as two: "
            + string.Join(", ", ratios.Select(ratio => ratio.ToString("g3", CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void Eight_clones_predict_at_the_same_time_and_agree()
    {
        const int Clones = 8;
        const int Rounds = 20;
        LeNet network = new(seed: 3);
        float[] inputs = TestData.Reals(Clones * LeNet.InputLength, 4);
        float[] expected = new float[Clones * LeNet.OutputLength];
        using LeNet.Predictor original = network.CreatePredictor(new PredictorOptions { BatchSize = Clones });
        original.Predict(inputs, expected);
        IPredictor[] clones = [.. Enumerable.Range(0, Clones).Select(_ => (IPredictor)original.Clone())];
        float[][] outputs = [.. clones.Select(_ => new float[expected.Length])];
        Thread[] threads = [.. Enumerable.Range(0, Clones).Select(index => new Thread(() =>
        {
            for (int round = 0; round < Rounds; round++)
                clones[index].Predict(inputs, outputs[index]);
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        foreach (float[] output in outputs)
            Tolerance.SameBits(expected, output, "a clone's outputs");
        foreach (IPredictor clone in clones)
            clone.Dispose();
    }

    [Fact]
    public void A_clone_outlives_its_original()
    {
        float[] input = TestData.Reals(LeNet.InputLength, 5);
        float[] expected = new float[LeNet.OutputLength];
        float[] actual = new float[LeNet.OutputLength];
        LeNet.Predictor original = new LeNet(seed: 3).CreatePredictor();
        original.Predict(input, expected);
        using IPredictor clone = original.Clone();
        original.Dispose();
        GC.Collect();
        clone.Predict(input, actual);
        Tolerance.SameBits(expected, actual, "the clone's outputs");
    }

    [Fact]
    public void A_second_call_on_a_predictor_at_work_throws()
    {
        const int Images = 64;
        using LeNet.Predictor predictor = new LeNet().CreatePredictor(new PredictorOptions { BatchSize = Images });
        float[] inputs = TestData.Reals(Images * LeNet.InputLength, 6);
        int refused = 0;
        InvalidOperationException? refusal = null;
        bool done = false;

        void Predict()
        {
            float[] outputs = new float[Images * LeNet.OutputLength];
            while (!Volatile.Read(ref done))
            {
                try
                {
                    predictor.Predict(inputs, outputs);
                }
                catch (InvalidOperationException exception)
                {
                    refusal = exception;
                    Interlocked.Increment(ref refused);
                    Volatile.Write(ref done, true);
                }
            }
        }

        Thread other = new(Predict);
        other.Start();
        Predict();
        other.Join();
        Assert.True(refused > 0);
        Assert.Contains("Clone()", refusal!.Message, StringComparison.Ordinal);
        float[] after = new float[LeNet.OutputLength];
        predictor.Predict(inputs.AsSpan(0, LeNet.InputLength), after);
    }

    private static float[] Train(int threads)
    {
        const int Images = 10;
        RegularizedLeNet network = new(seed: 7);
        Random random = new(8);
        using RegularizedLeNet.Trainer trainer = network.CreateTrainer(
            new Sgd(0.02f) { Momentum = 0.9f, WeightDecay = 1e-4f }, Loss.CrossEntropy(), new TrainerOptions
            {
                BatchSize = Images,
                Threads = threads,
                Seed = 9,
            });
        for (int step = 0; step < 50; step++)
        {
            // Batches of different sizes, so that workers get different shares.
            int images = 2 + (step % (Images - 1));
            trainer.Step(TestData.Reals(images * RegularizedLeNet.InputLength, random.Next()),
                TestData.Labels(images, RegularizedLeNet.OutputLength, random.Next()));
        }

        return TestData.Parameters(network);
    }

    /// <summary>How many times as long three threads take as two: the ratio of the medians of interleaved rounds.</summary>
    private static double SlowDown()
    {
        const int Rounds = 9;
        const int Images = 32;
        float[] inputs = TestData.Reals(Images * LeNet.InputLength, 1);
        int[] labels = TestData.Labels(Images, LeNet.OutputLength, 2);
        using LeNet.Trainer two = new LeNet().CreateTrainer(new Sgd(0.01f), Loss.CrossEntropy(), new TrainerOptions { BatchSize = Images, Threads = 2 });
        using LeNet.Trainer three = new LeNet().CreateTrainer(new Sgd(0.01f), Loss.CrossEntropy(), new TrainerOptions { BatchSize = Images, Threads = 3 });

        long Time(ITrainer trainer)
        {
            long start = Stopwatch.GetTimestamp();
            for (int step = 0; step < 4; step++)
                trainer.Step(inputs, labels);
            return Stopwatch.GetTimestamp() - start;
        }

        List<long> ofTwo = [];
        List<long> ofThree = [];
        for (int round = 0; round < Rounds; round++)
        {
            ofTwo.Add(Time(two));
            ofThree.Add(Time(three));
        }

        return Median(ofThree) / Median(ofTwo);
    }

    private static double Median(List<long> times) => times.Order().ElementAt(times.Count / 2);
}
