using System.Runtime.InteropServices;

namespace Cnn.Training.Tests.Optimizers;

/// <summary>Rules of one's own, groups of parameters, and Lamb, on packed parameters and several threads.</summary>
public sealed class OwnOptimizerTests
{
    private const int Steps = 10;

    [Fact]
    public void A_rule_of_ones_own_is_given_all_it_needs_and_gives_the_same_bits_on_any_number_of_threads()
    {
        float[][] one = Train(new Lion(0.01f) { WeightDecay = 0.1f }, 1);
        Same(one, Train(new Lion(0.01f) { WeightDecay = 0.1f }, 2));
        Same(one, Train(new Lion(0.01f) { WeightDecay = 0.1f }, 3));
        float weight = UpdateRun.Start(4), mean = 0;
        for (int step = 1; step <= Steps; step++)
        {
            float gradient = UpdateRun.Gradient(4, step);
            weight -= 0.01f * (MathF.Sign((0.9f * mean) + (0.1f * gradient)) + (0.1f * weight));
            mean = (0.99f * mean) + (0.01f * gradient);
        }

        Assert.All(one, values => Assert.Equal(weight, values[4]));
    }

    [Fact]
    public void A_rule_that_moves_what_is_0_leaves_the_padding_at_0()
    {
        using UpdateRun run = new(new Drift(0.5f), 2);
        float[][] parameters = run.Run(3);
        Assert.Equal(UpdateRun.Start(0) + 1.5f, parameters[1][0], 1e-6f);
        Assert.NotEmpty(run.Padding);
        Assert.All(run.Padding, value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_rule_of_ones_own_has_as_many_states_as_it_names()
    {
        Counter optimizer = new();
        using UpdateRun run = new(optimizer, 2);
        run.Run(4);
        Assert.Equal(["a", "b", "c"], Enumerable.Range(0, 3).Select(optimizer.StateName));
        Assert.Equal("counter every=1 weight_decay=0", run.Identity);
        Assert.True(optimizer.SawWhatItWrote);
        Assert.True(optimizer.RefusedAFourth);
        Assert.Throws<ArgumentException>(() => new Named("x", "a", "a"));
        Assert.Throws<ArgumentException>(() => new Named(" "));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Lamb_is_its_formula(int threads)
    {
        foreach (InstructionSet set in InstructionSetScope.All)
        {
            using InstructionSetScope scope = new(set);
            float[][] actual = Train(new Lamb(0.02f) { WeightDecay = 0.1f }, threads);
            foreach (float[] values in actual)
            {
                double[] expected = LambOf(values.Length, 0.02, 0.1);
                for (int index = 0; index < values.Length; index++)
                    Assert.Equal(expected[index], values[index], 5e-6);
            }
        }
    }

    [Fact]
    public void Lamb_has_the_same_bits_on_every_instruction_set_and_any_number_of_threads()
    {
        float[][] expected = Train(new Lamb(0.02f), 1);
        foreach (InstructionSet set in InstructionSetScope.All)
        {
            using InstructionSetScope scope = new(set);
            for (int threads = 1; threads <= 3; threads++)
                Same(expected, Train(new Lamb(0.02f), threads));
        }
    }

    [Fact]
    public void Groups_change_rate_and_decay_of_their_parameters_alone()
    {
        TrainerOptions options = new() { Groups = [new ParameterGroup("body") { LearningRateFactor = 0.1f }, ParameterGroup.BiasesAndNorms(0)] };
        float[][] grouped = Train(new Adam(0.02f) { WeightDecay = 0.1f }, 2, options);
        Same([Train(new Adam(0.02f * 0.1f), 1)[0]], [grouped[0]]);
        Same([Train(new Adam(0.02f * 0.1f) { WeightDecay = 0.1f }, 1)[1]], [grouped[1]]);
        Same([Train(new Adam(0.02f), 1)[2]], [grouped[2]]);
    }

    [Fact]
    public void Groups_multiply_their_factors_and_the_last_decay_holds()
    {
        TrainerOptions options = new()
        {
            Groups =
            [
                new ParameterGroup(_ => true) { LearningRateFactor = 0.5f, WeightDecay = 0.3f },
                new ParameterGroup("body.conv") { LearningRateFactor = 0.25f },
                new ParameterGroup("head.bias") { WeightDecay = 0.2f },
            ],
        };
        using UpdateRun run = new(new Sgd(1), 1, options);
        Assert.Equal(
            "sgd momentum=0 weight_decay=0 nesterov=false; body.long.weight rate*0.5 weight_decay=0.3; body.conv.weight rate*0.125 weight_decay=0.3; "
            + "head.bias rate*0.5 weight_decay=0.2",
            run.Identity);
    }

    [Fact]
    public void What_is_not_trained_stays()
    {
        TrainerOptions options = new() { Trains = parameter => parameter.Name.StartsWith("head", StringComparison.Ordinal) };
        foreach (Func<Optimizer> create in new Func<Optimizer>[] { () => new AdamW(0.1f), () => new Lamb(0.1f), () => new Lion(0.1f) })
        {
            float[][] parameters = Train(create(), 2, options);
            Assert.Equal([.. Enumerable.Range(0, UpdateRun.Long).Select(UpdateRun.Start)], parameters[0]);
            Same([Train(create(), 1)[2]], [parameters[2]]);
        }
    }

    [Fact]
    public void A_group_of_no_parameter_is_refused_and_numbers_out_of_range_are()
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(
            () => new UpdateRun(new Sgd(1), 1, new TrainerOptions { Groups = [new ParameterGroup("bdoy")] }));
        Assert.Contains("'bdoy'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("body.long.weight", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ParameterGroup("x") { LearningRateFactor = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ParameterGroup("x") { WeightDecay = float.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lamb(1) { Beta1 = 1 });
    }

    [Fact]
    public void Steps_of_every_kind_allocate_nothing()
    {
        TrainerOptions options = new()
        {
            Trains = parameter => parameter.Name != "head.bias",
            Groups = [new ParameterGroup("body.conv") { LearningRateFactor = 2 }],
        };
        foreach (Optimizer optimizer in new Optimizer[] { new Sgd(0.1f), new Lamb(0.1f), new Lion(0.1f) })
        {
            using UpdateRun run = new(optimizer, 2, options);
            run.Run(2);
            Assert.Equal(0, Allocations.Least(run.Step));
        }
    }

    private static float[][] Train(Optimizer optimizer, int threads, TrainerOptions? options = null)
    {
        using UpdateRun run = new(optimizer, threads, options);
        return run.Run(Steps);
    }

    private static void Same(float[][] expected, float[][] actual)
    {
        for (int index = 0; index < expected.Length; index++)
            Assert.Equal(MemoryMarshal.Cast<float, int>(expected[index]).ToArray(), MemoryMarshal.Cast<float, int>(actual[index]).ToArray());
    }

    private static double[] LambOf(int length, double rate, double decay)
    {
        double[] w = [.. Enumerable.Range(0, length)
            .Select(index => (double)UpdateRun.Start(index))], m = new double[length], v = new double[length], u = new double[length];
        for (int step = 1; step <= Steps; step++)
        {
            for (int index = 0; index < length; index++)
            {
                double gradient = UpdateRun.Gradient(index, step);
                m[index] += 0.1 * (gradient - m[index]);
                v[index] = (0.999 * v[index]) + (0.001 * gradient * gradient);
                u[index] = (m[index] / (1 - Math.Pow(0.9, step)) / (Math.Sqrt(v[index] / (1 - Math.Pow(0.999, step))) + 1e-6)) + (decay * w[index]);
            }

            double ratio = Math.Sqrt(w.Sum(value => value * value)) / Math.Sqrt(u.Sum(value => value * value));
            for (int index = 0; index < length; index++)
                w[index] -= rate * ratio * u[index];
        }

        return w;
    }

    /// <summary>Chen et al., arXiv 2302.06675.</summary>
    private sealed class Lion(float learningRate) : ElementWiseOptimizer(learningRate, "lion", "exp_avg")
    {
        protected override void Update(in UpdateBlock block)
        {
            Span<float> means = block.State(0);
            for (int index = 0; index < means.Length; index++)
            {
                float gradient = block.Gradients[index];
                block.Parameters[index] -= block.LearningRate
                    * (MathF.Sign((0.9f * means[index]) + (0.1f * gradient)) + (block.WeightDecay * block.Parameters[index]));
                means[index] = (0.99f * means[index]) + (0.01f * gradient);
            }
        }
    }

    private sealed class Drift(float learningRate) : ElementWiseOptimizer(learningRate, "drift")
    {
        protected override void Update(in UpdateBlock block)
        {
            foreach (ref float value in block.Parameters)
                value += block.LearningRate;
        }
    }

    private sealed class Named(string name, params string[] states) : ElementWiseOptimizer(1, name, states)
    {
        protected override void Update(in UpdateBlock block)
        {
        }
    }

    private sealed class Counter() : ElementWiseOptimizer(1, "counter", "a", "b", "c")
    {
        public bool SawWhatItWrote { get; private set; } = true;

        public bool RefusedAFourth { get; private set; }

        protected override string Settings => "every=1";

        protected override void Update(in UpdateBlock block)
        {
            for (int state = 0; state < 3; state++)
            {
                // Padding, at the end of a block, stays 0.
                if (block.State(state)[0] != (block.Step - 1) * (state + 1))
                    SawWhatItWrote = false;
                block.State(state).Fill(block.Step * (state + 1));
            }

            try
            {
                _ = block.State(3).Length;
            }
            catch (ArgumentOutOfRangeException)
            {
                RefusedAFourth = true;
            }
        }
    }
}
