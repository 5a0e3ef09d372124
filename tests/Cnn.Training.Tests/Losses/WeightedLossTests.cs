namespace Cnn.Training.Tests.Losses;

/// <summary>Every loss with weights, weights of classes and ignored labels, against its formula in double and differences of that.</summary>
public sealed class WeightedLossTests
{
    private const int Ignored = -100;
    private static readonly LossBatch[] Batches = [new(1, 3, 1), new(4, 5, 1), new(3, 4, 6)];

    private static readonly Dictionary<string, (Func<int, Loss> Loss, Formula Formula)> LabelCases = new()
    {
        ["cross-entropy"] = (_ => Loss.CrossEntropy(), (x, y, k) => CrossEntropy(x, y, Ones(k), 0)),
        ["cross-entropy, smoothing"] = (_ => Loss.CrossEntropy(0.2f), (x, y, k) => CrossEntropy(x, y, Ones(k), 0.2f)),
        ["cross-entropy, class weights"] = (k => Loss.CrossEntropy(weight: ClassWeights(k)), (x, y, k) => CrossEntropy(x, y, ClassWeights(k), 0)),
        ["cross-entropy, all"] = (k => Loss.CrossEntropy(0.3f, ClassWeights(k), Ignored), (x, y, k) => CrossEntropy(x, y, ClassWeights(k), 0.3f)),
        ["cross-entropy, a class ignored"] = (k => Loss.CrossEntropy(0, ClassWeights(k), 1), (x, y, k) => y == 1
            ? (0, 0)
            : CrossEntropy(x, y, ClassWeights(k), 0)),
        ["negative log likelihood"] = (_ => Loss.NegativeLogLikelihood(), (x, y, k) => (-x[y], 1)),
        ["negative log likelihood, all"] = (k => Loss.NegativeLogLikelihood(ClassWeights(k), Ignored), (x, y, k) =>
            (-x[y] * ClassWeights(k)[y], ClassWeights(k)[y])),
    };

    private static readonly Dictionary<string, (Func<Loss> Loss, Func<double[], double[], double> OfPosition)> VectorCases = new()
    {
        ["squared"] = (Loss.MeanSquaredError, (x, t) => x.Zip(t, (a, b) => (a - b) * (a - b)).Average()),
        ["absolute"] = (Loss.MeanAbsoluteError, (x, t) => x.Zip(t, (a, b) => Math.Abs(a - b)).Average()),
        ["huber"] = (() => Loss.Huber(0.5f), (x, t) => x.Zip(t, (a, b) => Math.Abs(a - b) <= 0.5
            ? (a - b) * (a - b) / 2
            : 0.5 * (Math.Abs(a - b) - 0.25)).Average()),
        ["binary"] = (Loss.BinaryCrossEntropy, (x, t) => x.Zip(t, Logistic).Average()),
        ["focal"] = (() => Loss.Focal(), (x, t) => x.Zip(t, (a, b) => Focal(a, b, 2, 0.25f)).Average()),
        ["focal without alpha"] = (() => Loss.Focal(1.5f, null), (x, t) => x.Zip(t, (a, b) => Focal(a, b, 1.5, null)).Average()),
        ["focal, gamma 0"] = (() => Loss.Focal(0, 0.7f), (x, t) => x.Zip(t, (a, b) => Focal(a, b, 0, 0.7f)).Average()),
        ["cross-entropy of probabilities"] = (() => Loss.CrossEntropy(), (x, t) => x.Zip(t, (a, b) => b * (LogSum(x) - a)).Sum()),
        ["cross-entropy of probabilities, smoothing"] = (() => Loss.CrossEntropy(0.2f), (x, t) =>
            x.Zip(t, (a, b) => (((1 - (double)0.2f) * b) + ((double)0.2f / x.Length)) * (LogSum(x) - a)).Sum()),
        ["divergence"] = (Loss.KLDivergence, (x, t) => x.Zip(t, (a, b) => b == 0 ? 0 : b * (Math.Log(b) - a)).Sum()),
        ["cosine"] = (Loss.CosineEmbedding, (x, t) =>
            1 - (x.Zip(t, (a, b) => a * b).Sum() / Math.Sqrt((x.Sum(a => a * a) + 1e-12) * (t.Sum(b => b * b) + 1e-12)))),
    };

    private delegate (double Sum, double Weight) Formula(double[] logits, int label, int classes);

    private enum Weighting
    {
        None,
        Images,
        Positions,
    }

    public static TheoryData<string> LabelNames => [.. LabelCases.Keys];

    public static TheoryData<string> VectorNames => [.. VectorCases.Keys];

    [Theory]
    [MemberData(nameof(LabelNames))]
    public void A_loss_of_labels_is_its_formula_and_its_gradient_is_the_finite_difference(string name)
    {
        foreach (LossBatch batch in Batches)
        {
            foreach (Weighting weighting in Enum.GetValues<Weighting>())
            {
                Loss loss = LabelCases[name].Loss(batch.Channels);
                float[] outputs = Values(batch, 2, 1);
                int[] labels = Labels(batch, loss.IgnoredLabel == Ignored);
                float[]? weights = Weights(batch, weighting);
                float[] gradient = new float[outputs.Length];
                double actual = LossRun.Evaluate(loss, outputs, labels, gradient, batch, weights);
                Check(outputs, actual, gradient, values => OfLabels(values, labels, weights, batch, LabelCases[name].Formula, loss.IgnoredLabel));
            }
        }
    }

    [Theory]
    [MemberData(nameof(VectorNames))]
    public void A_loss_of_values_is_its_formula_and_its_gradient_is_the_finite_difference(string name)
    {
        foreach (LossBatch batch in Batches)
        {
            foreach (Weighting weighting in Enum.GetValues<Weighting>())
            {
                float[] outputs = Values(batch, 2, 1);
                float[] targets = [.. Values(batch, 0.5, 2).Select((value, index) => index % 5 == 0 ? 0 : value + 0.5f)];
                float[]? weights = Weights(batch, weighting);
                float[] gradient = new float[outputs.Length];
                double actual = LossRun.Evaluate(VectorCases[name].Loss(), outputs, targets, gradient, batch, weights);
                Check(outputs, actual, gradient, values => OfVectors(values, targets, weights, batch, VectorCases[name].OfPosition));
            }
        }
    }

    [Fact]
    public void Dice_is_its_formula_and_its_gradient_is_the_finite_difference()
    {
        foreach (LossBatch batch in Batches)
        {
            foreach (Weighting weighting in new[] { Weighting.None, Weighting.Images })
            {
                float[] outputs = Values(batch, 2, 1);
                float[] targets = [.. Values(batch, 1, 2).Select(value => value > 0 ? 1f : 0f)];
                float[]? weights = Weights(batch, weighting);
                float[] gradient = new float[outputs.Length];
                double actual = LossRun.Evaluate(Loss.Dice(0.5f), outputs, targets, gradient, batch, weights);
                Check(outputs, actual, gradient, values => Dice(values, targets, weights, batch, 0.5));
            }
        }

        Assert.Throws<ArgumentException>(() => Loss.Dice().CheckWeights(18, new LossBatch(3, 4, 6), "weights"));
    }

    [Fact]
    public void What_weighs_nothing_might_as_well_not_be_there_and_two_counts_twice()
    {
        LossBatch three = new(3, 4, 1), two = new(2, 4, 1);
        float[] outputs = Values(three, 2, 1);
        int[] labels = [1, 3, 0];
        float[] gradient = new float[12], shorter = new float[8];
        double weighted = LossRun.Evaluate(Loss.CrossEntropy(), outputs, labels, gradient, three, [1, 1, 0]);
        Assert.Equal(LossRun.Evaluate(Loss.CrossEntropy(), outputs[..8], labels[..2], shorter, two), weighted, 1e-15);
        Assert.Equal([.. shorter, 0, 0, 0, 0], gradient);

        double doubled = LossRun.Evaluate(Loss.CrossEntropy(), outputs, labels, gradient, three, [2, 1, 1]);
        double repeated = LossRun.Evaluate(Loss.CrossEntropy(), [.. outputs[..4], .. outputs], [1, .. labels], new float[16], new(4, 4, 1));
        Assert.Equal(repeated, doubled, 1e-12);
    }

    [Fact]
    public void A_batch_in_which_nothing_counts_has_no_loss_and_no_gradient()
    {
        LossBatch batch = new(2, 3, 1);
        float[] gradient = [9, 9, 9, 9, 9, 9];
        Assert.Equal(0, LossRun.Evaluate(Loss.CrossEntropy(ignoreIndex: Ignored), Values(batch, 1, 1), [Ignored, Ignored], gradient, batch));
        Assert.All(gradient, value => Assert.Equal(0, value));
        gradient.AsSpan().Fill(9);
        Assert.Equal(0, LossRun.Evaluate(Loss.MeanSquaredError(), Values(batch, 1, 1), Values(batch, 1, 2), gradient, batch, [0, 0]));
        Assert.All(gradient, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Cross_entropy_with_weights_is_PyTorchs_formula()
    {
        // As torch.nn.functional.cross_entropy defines it: the mean over the weights of the labels, and the spread part over the weights of all classes.
        double[] first = LogSoftmax([1, 2, 0.5]), second = LogSoftmax([0.3, -1, 2]);
        double certain = -((1 * first[0]) + (0.5 * second[2])) / 1.5;
        double spread = -(first[0] + (2 * first[1]) + (0.5 * first[2]) + second[0] + (2 * second[1]) + (0.5 * second[2])) / 1.5;
        double actual = LossRun.Evaluate(Loss.CrossEntropy(0.1f, [1, 2, 0.5f]), [1, 2, 0.5f, 0.3f, -1, 2], [0, 2], new float[6], new(2, 3, 1));
        Assert.Equal((0.9 * certain) + (0.1 / 3 * spread), actual, 1e-7);
    }

    [Fact]
    public void Only_the_ignored_label_may_lie_outside_of_the_classes()
    {
        Loss.CheckLabels([0, Ignored, 2, Ignored], 3, 1, Ignored);
        ArgumentException refused = Assert.Throws<ArgumentException>(() => Loss.CheckLabels([0, Ignored, 1, Ignored, 3], 3, 1, Ignored));
        Assert.StartsWith("The label of image 4 is 3: labels go from 0 to 2", refused.Message, StringComparison.Ordinal);
        Assert.Contains("or -100 for what does not count", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Loss.CheckLabels([Ignored], 3, 1));
    }

    [Fact]
    public void Settings_out_of_range_are_refused_and_settings_are_told()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss.CrossEntropy(weight: [1, -1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss.NegativeLogLikelihood([float.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss.Dice(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss.Focal(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss.Focal(2, 1.5f));
        Assert.Equal("CrossEntropy, label smoothing 0", Loss.CrossEntropy().ToString());
        Assert.Equal("0.5 times CrossEntropy, label smoothing 0.1, weight [1, 2.5], ignore index 255",
            (0.5f * Loss.CrossEntropy(0.1f, [1, 2.5f], 255)).ToString());
        Assert.Equal("Each(MeanSquaredError; none)", Loss.Each(Loss.MeanSquaredError(), null).ToString());
        Assert.Equal(6, (3 * (2 * Loss.Huber())).Factor);
    }

    private static void Check(float[] outputs, double actual, float[] gradient, Func<double[], double> formula)
    {
        const double Difference = 1e-5;
        double[] at = [.. outputs.Select(value => (double)value)];
        Assert.Equal(formula(at), actual, 1e-6);
        for (int i = 0; i < at.Length; i++)
        {
            double value = at[i];
            at[i] = value + Difference;
            double above = formula(at);
            at[i] = value - Difference;
            double below = formula(at);
            at[i] = value;
            Assert.Equal((above - below) / (2 * Difference), gradient[i], 1e-6);
        }
    }

    private static double OfLabels(double[] outputs, int[] labels, float[]? weights, LossBatch batch, Formula formula, int? ignored)
    {
        double sum = 0, total = 0;
        for (int index = 0; index < labels.Length; index++)
        {
            if (labels[index] == ignored)
                continue;
            (double loss, double weight) = formula(Vector(outputs, index, batch), labels[index], batch.Channels);
            double share = Share(weights, index, batch);
            sum += share * loss;
            total += share * weight;
        }

        return total == 0 ? 0 : sum / total;
    }

    private static double OfVectors(double[] outputs, float[] targets, float[]? weights, LossBatch batch, Func<double[], double[], double> ofPosition)
    {
        double[] exact = [.. targets.Select(value => (double)value)];
        double sum = 0, total = 0;
        for (int index = 0; index < batch.Images * batch.Positions; index++)
        {
            sum += Share(weights, index, batch) * ofPosition(Vector(outputs, index, batch), Vector(exact, index, batch));
            total += Share(weights, index, batch);
        }

        return sum / total;
    }

    private static double Dice(double[] outputs, float[] targets, float[]? weights, LossBatch batch, double smoothing)
    {
        double sum = 0, total = 0;
        for (int plane = 0; plane < batch.Images * batch.Channels; plane++)
        {
            double[] p = [.. outputs.Skip(plane * batch.Positions).Take(batch.Positions).Select(value => 1 / (1 + Math.Exp(-value)))];
            float[] t = [.. targets.Skip(plane * batch.Positions).Take(batch.Positions)];
            double share = weights?[plane / batch.Channels] ?? 1;
            sum += share * (1 - (((2 * p.Zip(t, (a, b) => a * b).Sum()) + smoothing) / (p.Sum() + t.Sum() + smoothing)));
            total += share;
        }

        return sum / total;
    }

    private static double Share(float[]? weights, int index, LossBatch batch) =>
        weights is null ? 1 : weights.Length == batch.Images ? weights[index / batch.Positions] : weights[index];

    private static double[] Vector(double[] values, int index, LossBatch batch) =>
        [.. Enumerable.Range(0, batch.Channels)
            .Select(channel => values[(index / batch.Positions * batch.ImageLength) + (channel * batch.Positions) + (index % batch.Positions)])];

    private static (double Sum, double Weight) CrossEntropy(double[] logits, int label, float[] weights, float smoothing)
    {
        double[] logarithms = LogSoftmax(logits);
        double spread = logarithms.Zip(weights, (value, weight) => -value * weight).Sum() * smoothing / logits.Length;
        return (((1 - smoothing) * weights[label] * -logarithms[label]) + spread, weights[label]);
    }

    private static double[] LogSoftmax(double[] logits)
    {
        double logarithm = Math.Log(logits.Sum(Math.Exp));
        return [.. logits.Select(value => value - logarithm)];
    }

    private static double LogSum(double[] x) => x.Max() + Math.Log(x.Sum(a => Math.Exp(a - x.Max())));

    private static double Logistic(double x, double t) => Math.Max(x, 0) - (x * t) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    private static double Focal(double x, double t, double gamma, float? alpha)
    {
        double p = 1 / (1 + Math.Exp(-x));
        double right = (p * t) + ((1 - p) * (1 - t));
        double weight = alpha is { } share ? (share * t) + ((1 - share) * (1 - t)) : 1;
        return weight * Math.Pow(1 - right, gamma) * Logistic(x, t);
    }

    private static float[] Ones(int classes) => [.. Enumerable.Repeat(1f, classes)];

    private static float[] ClassWeights(int classes) => [.. Enumerable.Range(0, classes).Select(index => index == 2 ? 0 : 0.5f + index)];

    private static float[] Values(LossBatch batch, double scale, int phase) =>
        [.. Enumerable.Range(0, batch.Images * batch.ImageLength).Select(i => (float)(scale * Math.Sin((i * 1.7) + phase)))];

    private static int[] Labels(LossBatch batch, bool withIgnored) =>
        [.. Enumerable.Range(0, batch.Images * batch.Positions).Select(i => withIgnored && i % 4 == 3 ? Ignored : i * 7 % batch.Channels)];

    private static float[]? Weights(LossBatch batch, Weighting weighting) => weighting switch
    {
        Weighting.None => null,
        Weighting.Images => [.. Enumerable.Range(0, batch.Images).Select(image => 0.25f + image)],
        _ => [.. Enumerable.Range(0, batch.Images * batch.Positions).Select(index => index % 6 == 4 ? 0 : 0.5f + (index % 3))],
    };
}
