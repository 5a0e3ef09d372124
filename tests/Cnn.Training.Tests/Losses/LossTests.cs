using System.Runtime.InteropServices;

namespace Cnn.Training.Tests.Losses;

public sealed class LossTests
{
    private static readonly LossBatch[] Batches = [new(1, 1, 1), new(1, 3, 1), new(4, 10, 1), new(3, 5, 7), new(2, 50, 4)];

    private static readonly Dictionary<string, Func<Loss>> ByTarget = new()
    {
        ["mean squared error"] = Loss.MeanSquaredError,
        ["mean absolute error"] = Loss.MeanAbsoluteError,
        ["huber"] = () => Loss.Huber(),
        ["huber 0.3"] = () => Loss.Huber(0.3f),
        ["binary cross-entropy"] = Loss.BinaryCrossEntropy,
    };

    public static TheoryData<string> TargetLosses => [.. ByTarget.Keys];

    [Theory]
    [InlineData(0f)]
    [InlineData(0.1f)]
    [InlineData(0.9f)]
    public void Cross_entropy_is_its_formula_and_its_gradient_is_the_finite_difference(float smoothing)
    {
        foreach (LossBatch batch in Batches)
        {
            float[] outputs = Values(batch, 3, 1);
            int[] labels = Labels(batch);
            float[] gradient = new float[outputs.Length];

            double loss = Evaluate(Loss.CrossEntropy(smoothing), outputs, labels, gradient, batch);

            double[] exact = [.. outputs.Select(value => (double)value)];
            Assert.Equal(CrossEntropy(exact, labels, smoothing, batch), loss, 1e-9);
            AssertGradient(gradient, exact, values => CrossEntropy(values, labels, smoothing, batch));
        }
    }

    [Fact]
    public void Cross_entropy_of_equal_logits_is_the_logarithm_of_the_classes()
    {
        float[] gradient = new float[4];
        double loss = Evaluate(Loss.CrossEntropy(), [2, 2, 2, 2], [1], gradient, new(1, 4, 1));

        Assert.Equal(Math.Log(4), loss, 1e-15);
        Assert.Equal([0.25f, -0.75f, 0.25f, 0.25f], gradient);
    }

    [Fact]
    public void Cross_entropy_reads_the_channels_of_a_position_in_NCHW_order()
    {
        // Two classes, two positions: logits (0, ln 3) at the first and (ln 3, 0) at the second, so the probabilities are 1/4 and 3/4.
        float three = MathF.Log(3);
        float[] gradient = new float[4];
        double loss = Evaluate(Loss.CrossEntropy(), [0, three, three, 0], [1, 1], gradient, new(1, 2, 2));

        Assert.Equal(-(Math.Log(0.75) + Math.Log(0.25)) / 2, loss, 1e-7);
        Assert.Equal([0.125f, 0.375f, -0.125f, -0.375f], gradient, new Near(1e-7f));
    }

    [Fact]
    public void Cross_entropy_with_smoothing_matches_values_worked_out_by_hand()
    {
        // Probabilities 1/4 and 3/4, smoothing 0.2: targets 0.1 and 0.9.
        float[] gradient = new float[2];
        double loss = Evaluate(Loss.CrossEntropy(0.2f), [0, MathF.Log(3)], [1], gradient, new(1, 2, 1));

        Assert.Equal(-(0.1 * Math.Log(0.25)) - (0.9 * Math.Log(0.75)), loss, 1e-7);
        Assert.Equal([0.15f, -0.15f], gradient, new Near(1e-7f));
    }

    [Fact]
    public void Cross_entropy_survives_extreme_logits_and_gives_no_denormal_gradient()
    {
        float[] gradient = new float[3];
        Assert.Equal(0, Evaluate(Loss.CrossEntropy(), [1e30f, -1e30f, 0], [0], gradient, new(1, 3, 1)));
        Assert.All(gradient, value => Assert.Equal(0, value));

        Assert.Equal(2e30, Evaluate(Loss.CrossEntropy(), [1e30f, -1e30f, 0], [1], gradient, new(1, 3, 1)), 1e24);
        Assert.Equal([1, -1, 0], gradient);

        // exp(-95) is 5.5e-42, a denormal float.
        Evaluate(Loss.CrossEntropy(), [95, 0, 94], [0], gradient, new(1, 3, 1));
        Assert.Equal(0, gradient[1]);
    }

    [Fact]
    public void A_NaN_among_the_outputs_shows_in_every_loss()
    {
        LossBatch batch = new(1, 3, 1);
        Assert.True(double.IsNaN(Evaluate(Loss.CrossEntropy(), [0, float.NaN, 1], [0], new float[3], batch)));
        foreach (Func<Loss> create in ByTarget.Values)
        {
            float[] gradient = new float[3];
            Assert.True(double.IsNaN(Evaluate(create(), [0, float.NaN, 1], new float[3], gradient, batch)));
            Assert.True(float.IsNaN(gradient[1]));
        }
    }

    [Theory]
    [MemberData(nameof(TargetLosses))]
    public void A_loss_against_targets_is_its_formula_and_its_gradient_is_the_finite_difference(string name)
    {
        foreach (LossBatch batch in Batches)
        {
            float[] outputs = Values(batch, 3, 1);
            float[] targets = [.. Values(batch, 0.5, 2).Select(value => value + 0.5f)];
            float[] gradient = new float[outputs.Length];

            double loss = Evaluate(ByTarget[name](), outputs, targets, gradient, batch);

            double[] exact = [.. outputs.Select(value => (double)value)];
            Assert.Equal(TargetLoss(name, exact, targets), loss, 1e-9);
            AssertGradient(gradient, exact, values => TargetLoss(name, values, targets));
        }
    }

    [Fact]
    public void Losses_against_targets_match_values_worked_out_by_hand()
    {
        LossBatch batch = new(2, 2, 1);
        float[] outputs = [0, 1, 3, -2];
        float[] targets = [0, 0.5f, 1, 0];
        float[] gradient = new float[4];

        Assert.Equal((0 + 0.25 + 4 + 4) / 4, Evaluate(Loss.MeanSquaredError(), outputs, targets, gradient, batch));
        Assert.Equal([0, 0.25f, 1, -1], gradient);
        Assert.Equal((0 + 0.5 + 2 + 2) / 4, Evaluate(Loss.MeanAbsoluteError(), outputs, targets, gradient, batch));
        Assert.Equal([0, 0.25f, 0.25f, -0.25f], gradient);
        Assert.Equal((0 + 0.125 + 1.5 + 1.5) / 4, Evaluate(Loss.Huber(), outputs, targets, gradient, batch));
        Assert.Equal([0, 0.125f, 0.25f, -0.25f], gradient);
    }

    [Fact]
    public void Binary_cross_entropy_keeps_its_digits_at_extreme_logits()
    {
        float[] gradient = new float[3];
        double loss = Evaluate(Loss.BinaryCrossEntropy(), [1000, -1000, 40], [0f, 0f, 1f], gradient, new(1, 3, 1));

        Assert.Equal((1000 + Math.Exp(-40)) / 3, loss, 1e-12);
        Assert.Equal(1f / 3, gradient[0], 1e-7f);
        Assert.Equal(0, gradient[1]);

        Assert.Equal(Math.Exp(-40), Evaluate(Loss.BinaryCrossEntropy(), [40], [1f], gradient, new(1, 1, 1)), 1e-30);
    }

    [Fact]
    public void Any_division_of_the_images_gives_the_same_bits()
    {
        LossBatch batch = new(6, 10, 3);
        float[] outputs = Values(batch, 3, 1);
        float[] targets = Values(batch, 1, 2);
        int[] labels = Labels(batch);
        foreach (Loss loss in ByTarget.Values.Select(create => create()).Append(Loss.CrossEntropy(0.1f)))
        {
            float[] whole = new float[outputs.Length], parts = new float[outputs.Length];
            double[] wholeSums = new double[6], partSums = new double[6];
            Run(whole, wholeSums, 0, 6);
            Run(parts, partSums, 4, 6);
            Run(parts, partSums, 0, 1);
            Run(parts, partSums, 1, 4);

            Assert.Equal(wholeSums, partSums);
            Assert.Equal(MemoryMarshal.Cast<float, int>(whole).ToArray(), MemoryMarshal.Cast<float, int>(parts).ToArray());

            void Run(float[] gradient, double[] sums, int from, int to)
            {
                loss.EvaluateImages(LossRun.Pass(loss, outputs, loss.TakesLabels ? labels : [], loss.TakesLabels
                    ? []
                    : targets, gradient, batch), from, to, sums);
            }
        }
    }

    [Fact]
    public void A_smaller_batch_leaves_the_rest_of_the_gradient_alone()
    {
        float[] gradient = [9, 9, 9, 9];
        Evaluate(Loss.MeanSquaredError(), [1, 1, 1, 1], [0f, 0f, 0f, 0f], gradient, new(1, 2, 1));

        Assert.Equal([1, 1, 9, 9], gradient);
    }

    [Fact]
    public void Labels_outside_the_classes_are_refused_with_their_place()
    {
        Loss.CheckLabels([0, 9, 3], 10, 1);
        Loss.CheckLabels([], 10, 1);
        ArgumentException image = Assert.Throws<ArgumentException>(() => Loss.CheckLabels([0, 9, 10, -1], 10, 1));
        Assert.StartsWith("The label of image 2 is 10: labels go from 0 to 9", image.Message, StringComparison.Ordinal);
        ArgumentException position = Assert.Throws<ArgumentException>(() => Loss.CheckLabels([0, 1, 1, 0, 1, -1], 2, 4));
        Assert.StartsWith("The label of image 1, position 1 (index 5) is -1: labels go from 0 to 1", position.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_wrong_kind_of_target_is_refused_and_the_right_one_named()
    {
        ArgumentException labels = Assert.Throws<ArgumentException>(Loss.MeanSquaredError().CheckTakesLabels);
        Assert.Contains("MeanSquaredError compares outputs with target values", labels.Message, StringComparison.Ordinal);
        ArgumentException targets = Assert.Throws<ArgumentException>(Loss.CrossEntropy().CheckTakesTargets);
        Assert.Contains("CrossEntropy takes class labels", targets.Message, StringComparison.Ordinal);
        Loss.CrossEntropy().CheckTakesLabels();
        Loss.Huber().CheckTakesTargets();
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss.CrossEntropy(-0.1f));
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss.CrossEntropy(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss.CrossEntropy(float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss.Huber(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss.Huber(float.PositiveInfinity));
    }

    private static double Evaluate(Loss loss, float[] outputs, int[] labels, float[] gradient, LossBatch batch) =>
        LossRun.Evaluate(loss, outputs, labels, gradient, batch);

    private static double Evaluate(Loss loss, float[] outputs, float[] targets, float[] gradient, LossBatch batch) =>
        LossRun.Evaluate(loss, outputs, targets, gradient, batch);

    private static float[] Values(LossBatch batch, double scale, int phase) =>
        [.. Enumerable.Range(0, batch.Images * batch.ImageLength).Select(i => (float)(scale * Math.Sin((i * 1.7) + phase)))];

    private static int[] Labels(LossBatch batch) => [.. Enumerable.Range(0, batch.Images * batch.Positions).Select(i => i * 7 % batch.Channels)];

    private static double CrossEntropy(double[] outputs, int[] labels, double smoothing, LossBatch batch)
    {
        double total = 0;
        for (int label = 0; label < labels.Length; label++)
        {
            int image = label / batch.Positions;
            int position = label % batch.Positions;
            double[] logits = [.. Enumerable.Range(0, batch.Channels).Select(c => outputs[(((image * batch.Channels) + c) * batch.Positions) + position])];
            double logarithm = Math.Log(logits.Sum(Math.Exp));
            for (int c = 0; c < batch.Channels; c++)
            {
                double target = (smoothing / batch.Channels) + (c == labels[label] ? 1 - smoothing : 0);
                total -= target * (logits[c] - logarithm);
            }
        }

        return total / labels.Length;
    }

    private static double TargetLoss(string name, double[] outputs, float[] targets) => outputs.Zip(targets, (x, t) => name switch
    {
        "mean squared error" => (x - t) * (x - t),
        "mean absolute error" => Math.Abs(x - t),
        "huber" => Huber(x - t, 1),
        "huber 0.3" => Huber(x - t, 0.3f),
        _ => -(t * Math.Log(1 / (1 + Math.Exp(-x)))) - ((1 - (double)t) * Math.Log(1 / (1 + Math.Exp(x)))),
    }).Average();

    private static double Huber(double d, double delta) => Math.Abs(d) <= delta ? d * d / 2 : delta * (Math.Abs(d) - (delta / 2));

    private static void AssertGradient(float[] gradient, double[] at, Func<double[], double> loss)
    {
        const double Difference = 1e-5;
        for (int i = 0; i < at.Length; i++)
        {
            double value = at[i];
            at[i] = value + Difference;
            double above = loss(at);
            at[i] = value - Difference;
            double below = loss(at);
            at[i] = value;
            Assert.Equal((above - below) / (2 * Difference), gradient[i], 1e-7);
        }
    }

    private sealed class Near(float tolerance) : IEqualityComparer<float>
    {
        public bool Equals(float x, float y) => Math.Abs(x - y) <= tolerance;

        public int GetHashCode(float obj) => 0;
    }
}
