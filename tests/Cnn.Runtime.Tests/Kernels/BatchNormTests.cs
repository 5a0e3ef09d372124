using Cnn.CompilerServices;
using Cnn.Runtime.Tests.Isa;

namespace Cnn.Runtime.Tests.Kernels;

[Collection(InstructionSetCollection.Name)]
public sealed class BatchNormTests
{
    private const float Epsilon = 1e-5f;
    private const float Momentum = 0.1f;

    public static TheoryData<int, int, int> Batches
    {
        get
        {
            TheoryData<int, int, int> batches = [];
            foreach (int positions in new[] { 1, 2, 3, 5, 49 })
            {
                batches.Add(2, positions, 8);
                batches.Add(5, positions, 24);
                batches.Add(16, positions, 56);
            }

            // Large maps of several vectors, whose positions are read in order: of several blocks, and of more channels than are summed at once.
            batches.Add(1, 1500, 40);
            batches.Add(2, 21, 1048);
            return batches;
        }
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void The_statistics_of_a_batch_are_biased_to_normalise_and_unbiased_when_running(int images, int positions, int pitch)
    {
        float[] x = Batch(images, positions, pitch);
        Statistics actual = Combine(x, images, positions, pitch, Enumerable.Repeat(2f, pitch).ToArray(), Enumerable.Repeat(3f, pitch).ToArray());
        int count = images * positions;
        for (int c = 0; c < pitch; c++)
        {
            double[] column = Column(x, pitch, c);
            double mean = column.Average();
            double squares = column.Sum(v => (v - mean) * (v - mean));
            double inverse = 1 / Math.Sqrt(squares / count + Epsilon);
            Tolerance.Accumulated(positions, mean, column.Average(Math.Abs), actual.Mean[c]);
            Tolerance.Accumulated(positions + 4, inverse, inverse * Condition(column, mean, squares), actual.InverseDeviation[c]);
            Tolerance.Accumulated(positions, 1.8 + 0.1 * mean, 1.8 + 0.1 * column.Average(Math.Abs), actual.RunningMean[c]);
            double variance = squares / (count - 1);
            Tolerance.Accumulated(positions + 4, 2.7 + 0.1 * variance, 2.7 + 0.1 * variance * Condition(column, mean, squares), actual.RunningVariance[c]);
        }
    }

    [Theory]
    [InlineData(1000f)]
    [InlineData(30000f)]
    public void A_mean_that_dwarfs_the_deviation_costs_no_digits_of_the_variance(float offset)
    {
        const int Images = 8, Positions = 49, Pitch = 8;
        // Multiples of 1/64 around the offset are exact floats, so the deviation is known exactly.
        float[] x = TestData.Uniform(Images * Positions * Pitch, 1, -64f, 64f).Select(v => offset + MathF.Round(v) / 64).ToArray();
        Statistics actual = Combine(x, Images, Positions, Pitch, new float[Pitch], new float[Pitch]);
        for (int c = 0; c < Pitch; c++)
        {
            double[] column = Column(x, Pitch, c);
            double mean = column.Average();
            double inverse = 1 / Math.Sqrt(column.Average(v => (v - mean) * (v - mean)) + Epsilon);
            Assert.InRange(actual.InverseDeviation[c] / inverse, 0.999, 1.001);
        }
    }

    [Theory]
    [InlineData(100.1f, 64)]
    [InlineData(1000.1f, 64)]
    [InlineData(12345.678f, 64)]
    [InlineData(0.1f, 49)]
    [InlineData(-3e7f, 12544)]
    public void A_constant_map_has_its_constant_for_mean_and_no_deviation(float constant, int positions)
    {
        const int Images = 4, Pitch = 24;
        Statistics actual = Combine(
            Enumerable.Repeat(constant, Images * positions * Pitch).ToArray(), Images, positions, Pitch, new float[Pitch], new float[Pitch]);
        Assert.All(actual.Mean, mean => Assert.Equal(constant, mean));
        Assert.All(actual.InverseDeviation, inverse => Assert.Equal((float)(1 / Math.Sqrt(Epsilon)), inverse));
        Assert.All(actual.RunningVariance, variance => Assert.Equal(0f, variance));
    }

    /// <summary>Rounded once in each image and once in the batch, whatever the mean; the sum's own roundings are of the deviation.</summary>
    [Theory]
    [InlineData(1000f, 0f)]
    [InlineData(30000f, 0f)]
    [InlineData(30000f, 500f)]
    public void The_mean_is_within_a_rounding_however_large_it_is(float offset, float outlier)
    {
        const int Images = 4, Positions = 3136, Pitch = 8;
        float[] x = [.. TestData.Uniform(Images * Positions * Pitch, 1, -1f, 1f).Select(v => offset + v)];
        for (int n = 0; n < Images; n++)
            x.AsSpan(n * Positions * Pitch, Pitch).Fill(offset + outlier);
        Statistics actual = Combine(x, Images, Positions, Pitch, new float[Pitch], new float[Pitch]);
        for (int c = 0; c < Pitch; c++)
            Assert.Equal(Column(x, Pitch, c).Average(), actual.Mean[c], 1.1 * Tolerance.UnitInTheLastPlace(offset));
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void The_normalised_map_is_that_of_the_formula(int images, int positions, int pitch)
    {
        float[] x = Batch(images, positions, pitch);
        Affine affine = new(pitch);
        float[] y = EverySet.Run(() =>
        {
            float[] output = TestData.Output(x.Length);
            BatchNormKernels.Normalize(
                ref x[0],
                ref affine.Mean[0],
                ref affine.InverseDeviation[0],
                ref affine.Weight[0],
                ref affine.Bias[0],
                ref output[0],
                images * positions,
                pitch,
                Epilogue.None);
            return TestData.Written(output);
        });
        for (int i = 0; i < y.Length; i++)
        {
            int c = i % pitch;
            double scaled = ((double)x[i] - affine.Mean[c]) * affine.InverseDeviation[c] * affine.Weight[c];
            Tolerance.Accumulated(4, scaled + affine.Bias[c], Math.Abs(scaled) + Math.Abs(affine.Bias[c]), y[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void The_gradients_of_weight_and_bias_are_the_sums_over_the_batch(int images, int positions, int pitch)
    {
        float[] x = Batch(images, positions, pitch);
        float[] dy = TestData.Uniform(x.Length, 7);
        Affine affine = new(pitch);
        float[] gradients = EverySet.Run(() => Gradients(dy, x, affine, images, positions, pitch));
        for (int c = 0; c < pitch; c++)
        {
            double sum = 0, sumMagnitude = 0, dot = 0, dotMagnitude = 0;
            for (int at = c; at < x.Length; at += pitch)
            {
                double normalised = ((double)x[at] - affine.Mean[c]) * affine.InverseDeviation[c];
                sum += dy[at];
                sumMagnitude += Math.Abs(dy[at]);
                dot += dy[at] * normalised;
                dotMagnitude += Math.Abs(dy[at] * normalised);
            }
            Tolerance.Accumulated(positions, sum, sumMagnitude, gradients[c]);
            Tolerance.Accumulated(positions + 2, dot, dotMagnitude, gradients[pitch + c]);
        }
    }

    /// <summary>The loss is Σ dy y, and y depends on x through the statistics as well: dx against central differences of the whole.</summary>
    [Fact]
    public void The_gradient_of_the_input_is_the_derivative_through_the_statistics_too()
    {
        const int Images = 3, Positions = 5, Pitch = 8;
        float[] x = Batch(Images, Positions, Pitch);
        float[] dy = TestData.Uniform(x.Length, 8);
        Statistics statistics = Combine(x, Images, Positions, Pitch, new float[Pitch], new float[Pitch]);
        Affine affine = new(Pitch) { Mean = statistics.Mean, InverseDeviation = statistics.InverseDeviation };
        float[] dx = EverySet.Run(() => InputGradient(dy, x, affine, Images, Positions, Pitch));
        for (int i = 0; i < x.Length; i++)
        {
            int c = i % Pitch;
            double[] column = Column(x, Pitch, c);
            double[] slopes = Column(dy, Pitch, c);
            double Loss(double value)
            {
                double[] moved = [.. column];
                moved[i / Pitch] = value;
                double mean = moved.Average();
                double inverse = 1 / Math.Sqrt(moved.Average(v => (v - mean) * (v - mean)) + Epsilon);
                return moved.Zip(slopes, (v, slope) => slope * ((v - mean) * inverse * affine.Weight[c] + affine.Bias[c])).Sum();
            }
            double terms = affine.Weight[c] * affine.InverseDeviation[c] * slopes.Max(Math.Abs) * 4;
            Tolerance.Derivative(Oracle.Derivative(Loss, x[i]), terms, dx[i]);
        }
    }

    /// <summary>What the activation made is computed again with the same bits, so that nothing differs from undoing it in a pass of its own.</summary>
    [Theory]
    [MemberData(nameof(Batches))]
    public void An_activation_undone_along_the_way_gives_the_bits_of_a_pass_of_its_own(int images, int positions, int pitch)
    {
        float[] x = Batch(images, positions, pitch);
        float[] dy = TestData.Uniform(x.Length, 7);
        Affine affine = new(pitch);
        LeakyReLUActivation activation = new(0.25f);
        float[] expected = EverySet.Run(() =>
        {
            float[] y = new float[x.Length], before = new float[x.Length];
            BatchNormKernels.Normalize(
                ref x[0], ref affine.Mean[0], ref affine.InverseDeviation[0], ref affine.Weight[0], ref affine.Bias[0], ref y[0], images * positions, pitch,
                Epilogue.Of(activation));
            ElementWise.Backward(activation, ref dy[0], ref y[0], ref before[0], x.Length);
            return [.. Gradients(before, x, affine, images, positions, pitch), .. InputGradient(before, x, affine, images, positions, pitch)];
        });
        float[] actual = EverySet.Run(() =>
        {
            float[] gradients = Gradients(activation, dy, x, affine, images, positions, pitch);
            float[] dx = TestData.Output(x.Length);
            BatchNormKernels.BackwardApply(
                activation, ref dy[0], ref x[0], ref affine.Mean[0], ref affine.InverseDeviation[0], ref affine.Weight[0], ref affine.Bias[0],
                ref gradients[0], ref gradients[pitch], 1f / (images * positions), ref dx[0], images * positions, pitch);
            return [.. gradients, .. TestData.Written(dx)];
        });
        Tolerance.Exact(expected, actual);
    }

    [Fact]
    public void The_gradient_of_the_input_may_overwrite_that_of_the_output()
    {
        float[] x = Batch(2, 5, 24);
        float[] dy = TestData.Uniform(x.Length, 9);
        Affine affine = new(24);
        float[] expected = InputGradient(dy, x, affine, 2, 5, 24);
        float[] gradients = Gradients(dy, x, affine, 2, 5, 24);
        BatchNormKernels.BackwardApply(
            ref dy[0],
            ref x[0],
            ref affine.Mean[0],
            ref affine.InverseDeviation[0],
            ref affine.Weight[0],
            ref gradients[0],
            ref gradients[24],
            0.1f,
            ref dy[0],
            10,
            24);
        Tolerance.Exact(expected, dy);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(50)]
    public void Folded_statistics_give_the_normalised_value(int channels)
    {
        float[] weight = TestData.Uniform(channels, 1);
        float[] bias = TestData.Uniform(channels, 2);
        float[] mean = TestData.Uniform(channels, 3);
        float[] variance = TestData.Uniform(channels, 4, 0f, 2f);
        float[] scale = TestData.Output(channels);
        float[] shift = TestData.Output(channels);
        BatchNormKernels.ScaleShift(ref weight[0], ref bias[0], ref mean[0], ref variance[0], Epsilon, channels, ref scale[0], ref shift[0]);
        TestData.Written(scale);
        TestData.Written(shift);
        for (int c = 0; c < channels; c++)
        {
            double factor = weight[c] / Math.Sqrt((double)variance[c] + Epsilon);
            Tolerance.Elementwise(1, factor, scale[c]);
            Tolerance.Elementwise(1, bias[c] - mean[c] * factor, shift[c]);
        }
    }

    private static float[] Gradients(float[] dy, float[] x, Affine affine, int images, int positions, int pitch) =>
        Combined(images, positions, pitch, (int at, ref float sums, ref float dots) => BatchNormKernels.BackwardSums(
            ref dy[at], ref x[at], ref affine.Mean[0], ref affine.InverseDeviation[0], positions, pitch, ref sums, ref dots));

    private static float[] Gradients<TActivation>(
        TActivation activation, float[] dy, float[] x, Affine affine, int images, int positions, int pitch)
        where TActivation : struct, IActivation =>
        Combined(images, positions, pitch, (int at, ref float sums, ref float dots) => BatchNormKernels.BackwardSums(
            activation, ref dy[at], ref x[at], ref affine.Mean[0], ref affine.InverseDeviation[0], ref affine.Weight[0], ref affine.Bias[0], positions,
            pitch, ref sums, ref dots));

    private static float[] Combined(int images, int positions, int pitch, SumsOfImage sumsOf)
    {
        float[] sums = TestData.Output(images * pitch);
        float[] dots = TestData.Output(images * pitch);
        for (int n = 0; n < images; n++)
            sumsOf(n * positions * pitch, ref sums[n * pitch], ref dots[n * pitch]);
        TestData.Written(sums);
        TestData.Written(dots);
        float[] gradients = new float[2 * pitch];
        BatchNormKernels.BackwardCombine(ref sums[0], ref dots[0], images, pitch, ref gradients[0], ref gradients[pitch]);
        return gradients;
    }

    private static float[] InputGradient(float[] dy, float[] x, Affine affine, int images, int positions, int pitch)
    {
        float[] gradients = Gradients(dy, x, affine, images, positions, pitch);
        float[] dx = TestData.Output(x.Length);
        float inverseCount = 1f / (images * positions);
        BatchNormKernels.BackwardApply(
            ref dy[0],
            ref x[0],
            ref affine.Mean[0],
            ref affine.InverseDeviation[0],
            ref affine.Weight[0],
            ref gradients[0],
            ref gradients[pitch],
            inverseCount,
            ref dx[0],
            images * positions,
            pitch);
        return TestData.Written(dx);
    }

    private static Statistics Combine(float[] x, int images, int positions, int pitch, float[] runningMean, float[] runningVariance)
    {
        float[] all = EverySet.Run(() =>
        {
            float[] means = TestData.Output(images * pitch);
            float[] squares = TestData.Output(images * pitch);
            for (int n = 0; n < images; n++)
                BatchNormKernels.Statistics(ref x[n * positions * pitch], positions, pitch, ref means[n * pitch], ref squares[n * pitch]);
            TestData.Written(means);
            TestData.Written(squares);
            float[] mean = new float[pitch], inverse = new float[pitch], movedMean = [.. runningMean], movedVariance = [.. runningVariance];
            BatchNormKernels.Combine(
                ref means[0], ref squares[0], images, positions, pitch, ref mean[0], ref inverse[0], ref movedMean[0], ref movedVariance[0], Epsilon, Momentum);
            return [.. mean, .. inverse, .. movedMean, .. movedVariance];
        });
        return new(all[..pitch], all[pitch..(2 * pitch)], all[(2 * pitch)..(3 * pitch)], all[(3 * pitch)..]);
    }

    private static float[] Batch(int images, int positions, int pitch) => TestData.Uniform(images * positions * pitch, images, -1f, 3f);

    private static double[] Column(float[] x, int pitch, int channel)
        => Enumerable.Range(0, x.Length / pitch).Select(row => (double)x[row * pitch + channel]).ToArray();

    /// <summary>How much the rounding of the mean is magnified in a relative error of the variance: √(Σx² / Σ(x - mean)²), at least 1.</summary>
    private static double Condition(double[] column, double mean, double squares)
        => Math.Sqrt((squares + column.Length * mean * mean) / Math.Max(squares, column.Length * Epsilon));

    private delegate void SumsOfImage(int at, ref float sums, ref float dots);

    private sealed record Statistics(float[] Mean, float[] InverseDeviation, float[] RunningMean, float[] RunningVariance);

    private sealed record Affine(int Pitch)
    {
        public float[] Mean { get; init; } = TestData.Uniform(Pitch, 11);

        public float[] InverseDeviation { get; init; } = TestData.Uniform(Pitch, 12, 0.5f, 2f);

        public float[] Weight { get; } = TestData.Uniform(Pitch, 13, 0.5f, 2f);

        public float[] Bias { get; } = TestData.Uniform(Pitch, 14);
    }
}
