namespace Cnn.Serving.Tests;

/// <summary>The most likely classes, of a predictor and of outputs.</summary>
public sealed class TopTests
{
    private static readonly string[] Labels = ["a", "b", "c", "d"];

    [Fact]
    public void A_predictor_ranks_its_classes()
    {
        using Points.Predictor predictor = new Points(seed: 5).CreatePredictor();
        float[] input = [1, -0.5f, 2];
        float[] outputs = new float[4];
        predictor.Predict(input, outputs);
        IReadOnlyList<ClassScore> scores = predictor.Top(input, 9, Labels);
        Assert.Equal(outputs.OrderDescending(), scores.Select(score => score.Output));
        Assert.Equal(predictor.Classify(input), scores[0].Class);
        Assert.All(scores, score => Assert.Equal(Labels[score.Class], score.Label));
        Assert.Equal(1, scores.Sum(score => (double)score.Probability), 1e-6);
        double sum = outputs.Sum(output => Math.Exp(output));
        Assert.All(scores, score => Assert.Equal(Math.Exp(score.Output) / sum, score.Probability, 1e-6));
        Assert.Equal((3, 4), (((IPredictor)predictor).InputLength, ((IPredictor)predictor).OutputLength));
    }

    [Fact]
    public void Of_equal_outputs_the_first_comes_first_and_what_is_no_number_does_not_come() =>
        Assert.Equal([3, 0, 2], ClassScore.Largest([1, float.NaN, 1, 5], 4).Select(score => score.Class));

    [Fact]
    public void Probabilities_stay_what_they_are() =>
        Assert.Equal([0.6f, 0.3f], ClassScore.Largest([0.1f, 0.6f, 0.3f], 2).Select(score => score.Probability));

    [Fact]
    public void A_class_without_a_label_is_called_by_its_index() => Assert.Equal("1", ClassScore.Largest([0, 2], 1)[0].Label);

    [Fact]
    public void Faults_are_told()
    {
        using Points.Predictor predictor = new Points(seed: 5).CreatePredictor();
        Assert.Contains(
            "3 labels for 4 outputs", Assert.Throws<ArgumentException>(() => predictor.Top(new float[3], 1, Labels[..3])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => predictor.Top(new float[3], 0));
        Assert.Throws<ArgumentException>(() => predictor.Top(new float[2], 1));
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => predictor.Top([float.NaN, 0, 0], 1)).Message, StringComparison.Ordinal);
    }
}
