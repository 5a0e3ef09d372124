using System.Runtime.InteropServices;

namespace Cnn.Training.Tests.Optimizers;

public sealed class OptimizerTests
{
    private const int Count = 48;
    private const int Steps = 10;

    /// <summary>A rounding in each operation of each step: ten steps of about ten operations on numbers around 1.</summary>
    private const double Tolerance = 2e-6;

    private static readonly Dictionary<string, (Func<Optimizer> Ours, Func<ReferenceOptimizer> Reference)> Rules = new()
    {
        ["sgd"] = (() => new Sgd(0.1f), () => ReferenceOptimizer.Sgd(0.1)),
        ["sgd decay"] = (() => new Sgd(0.1f) { WeightDecay = 0.05f }, () => ReferenceOptimizer.Sgd(0.1, decay: 0.05)),
        ["sgd momentum"] = (() => new Sgd(0.1f) { Momentum = 0.9f }, () => ReferenceOptimizer.Sgd(0.1, 0.9)),
        ["sgd nesterov decay"] = (
            () => new Sgd(0.1f) { Momentum = 0.8f, Nesterov = true, WeightDecay = 0.01f }, () => ReferenceOptimizer.Sgd(0.1, 0.8, 0.01, true)),
        ["adam"] = (() => new Adam(0.01f), () => ReferenceOptimizer.Adam(0.01)),
        ["adam all"] = (
            () => new Adam(0.02f) { Beta1 = 0.8f, Beta2 = 0.99f, Epsilon = 1e-3f, WeightDecay = 0.1f },
            () => ReferenceOptimizer.Adam(0.02, 0.8, 0.99, 1e-3, 0.1)),
        ["adamw"] = (() => new AdamW(0.01f), () => ReferenceOptimizer.Adam(0.01, decay: 0.01, decoupled: true)),
        ["adamw all"] = (
            () => new AdamW(0.02f) { Beta1 = 0.7f, Beta2 = 0.95f, Epsilon = 1e-4f, WeightDecay = 0.2f },
            () => ReferenceOptimizer.Adam(0.02, 0.7, 0.95, 1e-4, 0.2, true)),
        ["rmsprop"] = (() => new RmsProp(0.01f), () => ReferenceOptimizer.RmsProp(0.01)),
        ["rmsprop all"] = (
            () => new RmsProp(0.02f) { Alpha = 0.9f, Epsilon = 1e-4f, WeightDecay = 0.1f, Momentum = 0.9f },
            () => ReferenceOptimizer.RmsProp(0.02, 0.9, 1e-4, 0.1, 0.9)),
    };

    public static TheoryData<string> Names => [.. Rules.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Ten_steps_agree_with_the_documented_rule_on_every_instruction_set(string name)
    {
        double[] expected = Reference(name);
        foreach (InstructionSet set in InstructionSetScope.All)
        {
            using InstructionSetScope scope = new(set);
            float[] actual = Train(Rules[name].Ours(), Steps, Count);
            for (int i = 0; i < Count; i++)
                Assert.True(Math.Abs(actual[i] - expected[i]) <= Tolerance * Math.Max(1, Math.Abs(expected[i])),
                    $"{set} {i}: {actual[i]} is not {expected[i]}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_instruction_set_and_every_division_gives_the_same_bits(string name)
    {
        float[] expected = Train(Rules[name].Ours(), Steps, Count);
        foreach (InstructionSet set in InstructionSetScope.All)
        {
            using InstructionSetScope scope = new(set);
            Assert.Equal(Bits(expected), Bits(Train(Rules[name].Ours(), Steps, Count)));
            Assert.Equal(Bits(expected), Bits(Train(Rules[name].Ours(), Steps, 16)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Padding_stays_zero(string name)
    {
        Optimizer optimizer = Rules[name].Ours();
        float[] w = new float[Count], g = new float[Count], first = new float[Count], second = new float[Count];
        foreach (InstructionSet set in InstructionSetScope.All)
        {
            using InstructionSetScope scope = new(set);
            for (int step = 1; step <= 3; step++)
                optimizer.Update(ref w[0], ref g[0], ref first[0], ref second[0], Count, step);
        }

        Assert.All(w.Concat(first).Concat(second), value => Assert.Equal(0, value));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_step_writes_only_what_it_owns(string name)
    {
        Optimizer optimizer = Rules[name].Ours();
        foreach (InstructionSet set in InstructionSetScope.All)
        {
            using InstructionSetScope scope = new(set);
            float[][] blocks = new float[4][];
            for (int i = 0; i < blocks.Length; i++)
            {
                blocks[i] = new float[Count + 16];
                Array.Fill(blocks[i], 0.5f);
            }

            optimizer.Update(ref blocks[0][0], ref blocks[1][0], ref blocks[2][0], ref blocks[3][0], Count, 1);

            Assert.All(blocks, block => Assert.All(block[Count..], value => Assert.Equal(0.5f, value)));
            Assert.All(blocks[1], value => Assert.Equal(0.5f, value));
            for (int state = optimizer.StateCount; state < 2; state++)
                Assert.All(blocks[2 + state], value => Assert.Equal(0.5f, value));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void States_never_become_denormal_and_keep_a_NaN(string name)
    {
        Optimizer optimizer = Rules[name].Ours();
        foreach (InstructionSet set in InstructionSetScope.All)
        {
            using InstructionSetScope scope = new(set);
            float[] w = new float[16], g = new float[16], first = new float[16], second = new float[16];
            g[0] = 1e-38f;
            g[1] = 3e-20f;
            g[2] = float.NaN;
            optimizer.Update(ref w[0], ref g[0], ref first[0], ref second[0], 16, 1);
            Array.Clear(g);
            for (int step = 2; step <= 2000; step++)
            {
                Array.Clear(w);
                optimizer.Update(ref w[0], ref g[0], ref first[0], ref second[0], 16, step);
                Assert.DoesNotContain(first.Concat(second), value => float.IsSubnormal(value));
            }

            Assert.Equal(optimizer.StateCount > 0, float.IsNaN(first[2]));
        }
    }

    [Fact]
    public void The_learning_rate_is_read_at_every_update()
    {
        Sgd optimizer = new(0.5f);
        float[] w = new float[16], g = new float[16];
        Array.Fill(g, 1);
        optimizer.Update(ref w[0], ref g[0], ref w[0], ref w[0], 16, 1);
        optimizer.LearningRate = 0.25f;
        optimizer.Update(ref w[0], ref g[0], ref w[0], ref w[0], 16, 2);

        Assert.All(w, value => Assert.Equal(-0.75f, value));
    }

    [Fact]
    public void Adam_is_exact_after_a_million_steps()
    {
        Adam optimizer = new(0.1f);
        float[] w = new float[16], g = new float[16], mean = new float[16], square = new float[16];
        Array.Fill(g, 2);
        Array.Fill(mean, 2);
        Array.Fill(square, 4);
        optimizer.Update(ref w[0], ref g[0], ref mean[0], ref square[0], 16, 1_000_000);

        Assert.Equal(-0.1, w[0], 1e-7);
    }

    [Fact]
    public void Settings_out_of_range_are_refused_by_name()
    {
        Assert.Equal("LearningRate", Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(-1)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(float.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(1).LearningRate = -0.1f);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(1) { Momentum = -0.1f });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(1) { WeightDecay = float.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(1) { Beta1 = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(1) { Beta2 = -0.1f });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW(1) { Epsilon = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RmsProp(1) { Alpha = 1.5f });
        ArgumentOutOfRangeException beta = Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(1) { Beta1 = 1.5f });
        Assert.StartsWith("Beta1 is 1.5: give a number of at least 0 and below 1.", beta.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesterov_without_momentum_is_refused_whatever_the_order_of_the_settings()
    {
        Assert.Throws<ArgumentException>(() => new Sgd(1) { Nesterov = true }.CheckSettings());
        new Sgd(1) { Nesterov = true, Momentum = 0.9f }.CheckSettings();
        new Adam(1).CheckSettings();
    }

    [Fact]
    public void The_identity_tells_the_settings_apart_and_leaves_the_learning_rate_out()
    {
        Assert.Equal("sgd momentum=0.9 weight_decay=0.0001 nesterov=true", new Sgd(1) { Momentum = 0.9f, WeightDecay = 1e-4f, Nesterov = true }.Identity);
        Assert.Equal("adam beta1=0.9 beta2=0.999 epsilon=1E-08 weight_decay=0", new Adam(1).Identity);
        Assert.Equal("adamw beta1=0.9 beta2=0.999 epsilon=1E-08 weight_decay=0.01", new AdamW(1).Identity);
        Assert.Equal("rmsprop alpha=0.99 epsilon=1E-08 weight_decay=0 momentum=0.9", new RmsProp(2) { Momentum = 0.9f }.Identity);
        Assert.Equal(new Adam(1).Identity, new Adam(2).Identity);
    }

    [Fact]
    public void States_have_PyTorchs_names()
    {
        Assert.Equal(0, new Sgd(1).StateCount);
        Assert.Equal(["momentum_buffer"], StateNames(new Sgd(1) { Momentum = 0.5f }));
        Assert.Equal(["exp_avg", "exp_avg_sq"], StateNames(new Adam(1)));
        Assert.Equal(["exp_avg", "exp_avg_sq"], StateNames(new AdamW(1)));
        Assert.Equal(["square_avg"], StateNames(new RmsProp(1)));
        Assert.Equal(["square_avg", "momentum_buffer"], StateNames(new RmsProp(1) { Momentum = 0.5f }));
    }

    [Fact]
    public void An_update_allocates_nothing()
    {
        Adam optimizer = new(0.1f);
        float[] w = new float[64], g = new float[64], mean = new float[64], square = new float[64];
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int step = 1; step <= 100; step++)
                optimizer.Update(ref w[0], ref g[0], ref mean[0], ref square[0], 64, step);
        }));
    }

    private static string[] StateNames(Optimizer optimizer) => [.. Enumerable.Range(0, optimizer.StateCount).Select(optimizer.StateName)];

    private static int[] Bits(float[] values) => MemoryMarshal.Cast<float, int>(values).ToArray();

    private static float Start(int i) => MathF.Sin(i + 1);

    private static float Gradient(int i, int step) => MathF.Cos((i * 7) + (step * 3)) * (i % 5 == 0 ? 1e-3f : 1);

    private static float[] Train(Optimizer optimizer, int steps, int block)
    {
        float[] w = [.. Enumerable.Range(0, Count).Select(Start)];
        float[] first = new float[Count], second = new float[Count];
        for (int step = 1; step <= steps; step++)
        {
            float[] g = [.. Enumerable.Range(0, Count).Select(i => Gradient(i, step))];
            for (int i = 0; i < Count; i += block)
                optimizer.Update(ref w[i], ref g[i], ref first[i], ref second[i], block, step);
        }

        return w;
    }

    private static double[] Reference(string name)
    {
        double[] result = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            ReferenceOptimizer optimizer = Rules[name].Reference();
            result[i] = Start(i);
            for (int step = 1; step <= Steps; step++)
                result[i] = optimizer.Step(result[i], Gradient(i, step), step);
        }

        return result;
    }
}
