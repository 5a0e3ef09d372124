using Cnn.CompilerServices;

namespace Cnn.Training.Tests.Dropout;

public sealed class DropoutKernelTests
{
    private const int Count = 1 << 20;

    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.5f)]
    [InlineData(0.9f)]
    public void As_many_are_kept_as_asked_for_and_those_are_scaled(float probability)
    {
        for (int step = 0; step < 8; step++)
        {
            float[] y = Apply(probability, DropoutKernel.Key(1, 2, step), 0, Count);
            int kept = y.Count(value => value != 0);

            double expected = Count * (1.0 - probability);
            double deviation = Math.Sqrt(expected * probability);
            Assert.InRange(kept, expected - (4 * deviation), expected + (4 * deviation));
            Assert.All(y, value => Assert.True(value == 0 || value == (float)(1 / (1 - (double)probability))));
        }
    }

    [Fact]
    public void Neighbours_and_bits_of_the_index_do_not_matter()
    {
        float[] y = Apply(0.5f, DropoutKernel.Key(0, 0, 1), 0, Count);
        for (int distance = 1; distance < Count; distance *= 2)
            AssertHalf(Enumerable.Range(0, Count - distance).Count(i => (y[i] == 0) == (y[i + distance] == 0)), Count - distance);
        for (int bit = 1; bit < Count; bit *= 2)
            AssertHalf(Enumerable.Range(0, Count).Count(i => (i & bit) != 0 && y[i] == 0), Count / 2);
    }

    [Fact]
    public void Masks_of_other_steps_layers_and_seeds_are_unrelated()
    {
        float[] y = Apply(0.5f, DropoutKernel.Key(0, 0, 0), 0, Count);
        foreach (ulong key in new[] { DropoutKernel.Key(0, 0, 1), DropoutKernel.Key(0, 1, 0), DropoutKernel.Key(1, 0, 0), DropoutKernel.Key(-1, 0, 0) })
        {
            float[] other = Apply(0.5f, key, 0, Count);
            AssertHalf(y.Zip(other).Count(pair => (pair.First == 0) == (pair.Second == 0)), Count);
        }
    }

    [Fact]
    public void Keys_that_differ_in_one_bit_give_unrelated_masks()
    {
        float[] y = Apply(0.5f, 0x0123456789ABCDEF, 0, 1 << 16);
        for (int bit = 0; bit < 64; bit++)
        {
            float[] other = Apply(0.5f, 0x0123456789ABCDEF ^ (1UL << bit), 0, 1 << 16);
            AssertHalf(y.Zip(other).Count(pair => (pair.First == 0) == (pair.Second == 0)), 1 << 16, deviations: 5);
        }
    }

    [Fact]
    public void Any_division_gives_the_same_mask_on_every_instruction_set()
    {
        const int Length = 1000;
        foreach (ulong first in new[] { 0UL, 12_345UL, uint.MaxValue - 500UL, (1UL << 40) + 3 })
        {
            float[] expected = Apply(0.3f, 99, first, Length);
            foreach (InstructionSet set in InstructionSetScope.All)
            {
                using InstructionSetScope scope = new(set);
                float[] parts = new float[Length];
                for (int i = 0; i < Length; i += 40)
                    Apply(0.3f, 99, first + (ulong)i, 40).CopyTo(parts, i);
                Assert.Equal(expected, parts);
            }
        }
    }

    [Fact]
    public void The_upper_half_of_the_index_matters() => Assert.NotEqual(Apply(0.5f, 7, 0, 64), Apply(0.5f, 7, 1UL << 32, 64));

    [Fact]
    public void The_backward_pass_in_place_keeps_what_the_forward_pass_kept()
    {
        float[] forward = Apply(0.4f, 5, 16, 64);
        float[] gradient = new float[64];
        Array.Fill(gradient, 3);
        DropoutKernel.Apply(ref gradient[0], ref gradient[0], 64, 0.4f, 5, 16);

        for (int i = 0; i < 64; i++)
            Assert.Equal(forward[i] == 0 ? 0 : 3 * (float)(1 / (1 - (double)0.4f)), gradient[i]);
    }

    [Fact]
    public void Zero_keeps_everything_and_one_drops_everything()
    {
        Assert.All(Apply(0, 1, 0, 4096), value => Assert.Equal(1, value));
        Assert.All(Apply(1, 1, 0, 4096), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Nothing_is_written_behind_the_end()
    {
        foreach (InstructionSet set in InstructionSetScope.All)
        {
            using InstructionSetScope scope = new(set);
            float[] x = new float[40], y = new float[40];
            Array.Fill(y, 7);
            DropoutKernel.Apply(ref x[0], ref y[0], 24, 0.5f, 1, 0);
            Assert.All(y[24..], value => Assert.Equal(7, value));
        }
    }

    [Fact]
    public void The_mask_of_a_key_never_changes()
    {
        float[] y = Apply(0.5f, DropoutKernel.Key(42, 1, 1), 0, 32);
        uint mask = 0;
        for (int i = 0; i < 32; i++)
            mask |= y[i] == 0 ? 0 : 1u << i;

        Assert.Equal(1012062403u, mask);
    }

    private static void AssertHalf(int hits, int trials, int deviations = 4) =>
        Assert.InRange(hits, (trials / 2.0) - (deviations * Math.Sqrt(trials) / 2), (trials / 2.0) + (deviations * Math.Sqrt(trials) / 2));

    private static float[] Apply(float probability, ulong key, ulong firstIndex, int count)
    {
        float[] x = new float[count], y = new float[count];
        Array.Fill(x, 1);
        DropoutKernel.Apply(ref x[0], ref y[0], count, probability, key, firstIndex);
        return y;
    }
}
