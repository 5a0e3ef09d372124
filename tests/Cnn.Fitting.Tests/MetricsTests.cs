using Cnn.Data;
using Cnn.Fitting.Tests.Support;
using Cnn.Training;

namespace Cnn.Fitting.Tests;

public sealed class MetricsTests
{
    [Fact]
    public void Precision_and_recall_are_of_columns_and_rows()
    {
        ConfusionMatrix matrix = new(3);
        foreach ((int truth, int predicted, int count) in new[] { (0, 0, 6), (0, 1, 2), (1, 1, 3), (1, 0, 1) })
        {
            for (int index = 0; index < count; index++)
                matrix.Add(truth, predicted);
        }

        Assert.Equal(12, matrix.Count);
        Assert.Equal(9, matrix.Correct);
        Assert.Equal(0.75, matrix.Accuracy);
        Assert.Equal(6.0 / 7, matrix.Precision(0));
        Assert.Equal(6.0 / 8, matrix.Recall(0));
        Assert.Equal(0.8, matrix.F1(0), 12);
        Assert.Equal((0, 0, 0), (matrix.Precision(2), matrix.Recall(2), matrix.F1(2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[0, -1]);
    }

    [Fact]
    public void Cross_entropy_and_confidence_are_those_of_softmax()
    {
        float[] logits = [1, 2, 4];
        double sum = logits.Sum(logit => Math.Exp(logit));
        Assert.Equal(Math.Log(sum) - 2, Logits.CrossEntropy(logits, 1), 12);
        Assert.Equal(Math.Exp(4) / sum, Logits.Confidence(logits), 12);
        Assert.Equal(0, Logits.CrossEntropy([1000f, -1000f], 0));
        Assert.Equal(2000, Logits.CrossEntropy([1000f, -1000f], 1));
    }

    [Fact]
    public void The_rank_counts_what_is_thought_more_likely_and_the_first_of_equals_wins()
    {
        float[] logits = [3, 5, 3, 5];
        Assert.Equal([2, 0, 3, 1], Enumerable.Range(0, 4).Select(label => Logits.Rank(logits, label)));
        Assert.Equal(1, Logits.Largest(logits));
    }

    [Fact]
    public void An_output_that_is_NaN_is_never_the_largest_and_never_right()
    {
        Assert.Equal(2, Logits.Largest([float.NaN, 1, 3, float.NaN]));
        Assert.Equal(1, Logits.Largest([float.NaN, float.NegativeInfinity]));
        Assert.Equal(Logits.NoClass, Logits.Largest([float.NaN, float.NaN]));
        Assert.Equal([3, 1, 0], Enumerable.Range(0, 3).Select(label => Logits.Rank([float.NaN, 1, 3], label)));
        Assert.True(double.IsNaN(Logits.CrossEntropy([float.NaN, 1], 1)));
        Assert.True(double.IsNaN(Logits.CrossEntropy([float.NaN, float.NaN], 0)));
        Assert.True(double.IsNaN(Logits.Confidence([float.NaN, float.NaN])));
    }

    [Fact]
    public void A_network_of_NaN_finds_nothing()
    {
        ImageDataset images = Quadrants.Create(50);
        var network = new TinyNetwork(seed: 3);
        foreach (Parameter parameter in network.Parameters)
            parameter.Values.Fill(float.NaN);
        Evaluation evaluation = Evaluation.Of(network, images, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(0, evaluation.Accuracy);
        Assert.All(Enumerable.Range(1, 6), k => Assert.Equal(0, evaluation.TopAccuracy(k)));
        Assert.True(double.IsNaN(evaluation.Loss));
        Assert.All(evaluation.Predicted.ToArray(), predicted => Assert.Equal(Logits.NoClass, predicted));
        Assert.Equal((50L, 50L, 0L), (evaluation.Confusion.Count, evaluation.Confusion.Unpredicted, evaluation.Confusion.Correct));
        Assert.All(Enumerable.Range(0, 4), label => Assert.Equal(0, evaluation.Confusion.Recall(label)));
    }

    [Fact]
    public void What_has_no_prediction_counts_among_what_was_to_be_found()
    {
        ConfusionMatrix matrix = new(2);
        matrix.Add(0, 0);
        matrix.Add(0, Logits.NoClass);
        matrix.Add(1, 1);
        Assert.Equal((3L, 1L, 1L, 0L), (matrix.Count, matrix.Unpredicted, matrix.UnpredictedOf(0), matrix.UnpredictedOf(1)));
        Assert.Equal((2.0 / 3, 0.5, 1.0), (matrix.Accuracy, matrix.Recall(0), matrix.Precision(0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(2, Logits.NoClass));
    }

    [Fact]
    public void A_map_of_outputs_gives_a_map_of_classes()
    {
        int[] classes = new int[4];
        Logits.LargestAtEachPosition([1, 5, float.NaN, float.NaN, 2, 5, 1, float.NaN, 0, 7, 2, float.NaN], classes);
        Assert.Equal([1, 2, 2, Logits.NoClass], classes);
        Assert.Throws<ArgumentException>(() => Logits.LargestAtEachPosition(new float[10], new int[4]));
    }

    [Fact]
    public void Images_with_one_class_each_are_no_test_of_a_map()
    {
        ImageDataset images = Quadrants.Create(5);
        ArgumentException exception = Assert.Throws<ArgumentException>(
            () => Evaluation.Of(new MapNetwork(seed: 1), images, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("is a map of 4x8x8", exception.Message, StringComparison.Ordinal);
        FitOptions options = new() { Optimizer = new Sgd(0.1f) };
        Assert.Throws<ArgumentException>(() => new MapNetwork(seed: 1).Fit(images, null, options, cancellation: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void An_evaluation_agrees_with_the_predictor_image_by_image()
    {
        ImageDataset images = Quadrants.Create(130);
        var network = new TinyNetwork(seed: 3);
        Evaluation evaluation = Evaluation.Of(network, images, new EvaluationOptions { BatchSize = 32 }, TestContext.Current.CancellationToken);
        using TinyNetwork.Predictor predictor = network.CreatePredictor();
        var image = new float[images.ImageLength];
        var logits = new float[TinyNetwork.OutputLength];
        double loss = 0;
        int[] within = new int[5];
        for (int index = 0; index < images.Count; index++)
        {
            images.CopyImage(index, image);
            predictor.Predict(image, logits);
            Assert.Equal(predictor.Classify(image), evaluation.Predicted[index]);
            int truth = images.Labels[index];
            loss += Logits.CrossEntropy(logits, truth);
            int rank = logits.Count(logit => logit > logits[truth]);
            for (int k = rank + 1; k < within.Length; k++)
                within[k]++;
        }

        Assert.Equal(loss / images.Count, evaluation.Loss, 1e-6);
        Assert.Equal(evaluation.Accuracy, evaluation.TopAccuracy(1));
        Assert.All(Enumerable.Range(1, 4), k => Assert.Equal((double)within[k] / images.Count, evaluation.TopAccuracy(k)));
        Assert.Equal(1, evaluation.TopAccuracy(4));
    }

    [Fact]
    public void Normalisation_is_applied_before_predicting()
    {
        ImageDataset images = Quadrants.Create(50);
        ChannelNormalization normalization = ChannelNormalization.Of(images);
        var values = new float[images.Count * images.ImageLength];
        for (int index = 0; index < images.Count; index++)
            images.CopyImage(index, values.AsSpan(index * images.ImageLength, images.ImageLength));
        normalization.Apply(values, images.ImageLength);
        ImageDataset normalized = new(values, images.Labels.ToArray(), images.Shape, images.ClassCount);
        var network = new TinyNetwork(seed: 3);
        Assert.Equal(
            Evaluation.Of(network, normalized, cancellation: TestContext.Current.CancellationToken).Loss,
            Evaluation.Of(network, images, new EvaluationOptions { Normalization = normalization }, TestContext.Current.CancellationToken).Loss);
    }
}
