using Cnn.Data;

namespace Cnn.Training;

/// <summary>How a classifier does on images with known classes.</summary>
public sealed class Evaluation
{
    private readonly int[] _predicted;
    private readonly long[] _ranks;
    private double _crossEntropy;

    private Evaluation(int classes, int images)
    {
        Confusion = new ConfusionMatrix(classes);
        _predicted = new int[images];
        _ranks = new long[classes + 1];
    }

    /// <summary>The number of images.</summary>
    public int Count => _predicted.Length;

    /// <summary>The part whose class was found, from 0 to 1. An output that is NaN finds nothing.</summary>
    public double Accuracy => Confusion.Accuracy;

    /// <summary>The mean cross entropy; NaN where an output is.</summary>
    public double Loss => _crossEntropy / Count;

    /// <summary>How often each class was taken for each; precision and recall.</summary>
    public ConfusionMatrix Confusion { get; }

    /// <summary>The class that was predicted for each image; <see cref="Logits.NoClass"/> where every output was NaN.</summary>
    public ReadOnlySpan<int> Predicted => _predicted;

    /// <summary>Predicts every image with a predictor of the network as it is now.</summary>
    /// <param name="network">A classifier: its output is a vector, one logit a class.</param>
    /// <param name="images">Images of its input's length, with labels below its output's length.</param>
    /// <param name="options">Batch size, threads and normalisation.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <exception cref="ArgumentException">The images do not fit the network.</exception>
    public static Evaluation Of(INetwork network, ImageDataset images, EvaluationOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(images);
        options ??= new EvaluationOptions();
        DatasetChecks.Fits(network, images, nameof(images));
        using IPredictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = options.BatchSize, Threads = options.Threads });
        using BatchLoader batches = new(images, new LoaderOptions { BatchSize = options.BatchSize, Shuffle = false, Normalization = options.Normalization });
        Evaluation evaluation = new(network.OutputLength, images.Count);
        Span<float> outputs = new float[checked(batches.LargestBatch * network.OutputLength)];
        int image = 0;
        while (batches.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            Span<float> logits = outputs[..(batches.Labels.Length * network.OutputLength)];
            predictor.Predict(batches.Inputs, logits);
            foreach (int truth in batches.Labels)
            {
                evaluation.Add(image++, truth, logits[..network.OutputLength]);
                logits = logits[network.OutputLength..];
            }
        }

        return evaluation;
    }

    /// <summary>The part of the images whose class is among the most likely ones, from 0 to 1.</summary>
    /// <param name="k">How many count, at least 1.</param>
    public double TopAccuracy(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        return (double)_ranks.Take(Math.Min(k, Confusion.Classes)).Sum() / Count;
    }

    /// <summary>As <c>10000 images: loss 0.0312, accuracy 99.02 %, mean F1 0.9901</c>.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{CountFormat.Of(Count, "image")}: loss {Loss:0.0000}, accuracy {ProgressText.Percent(Accuracy)}, mean F1 {Confusion.MeanF1:0.0000}");

    private void Add(int image, int truth, ReadOnlySpan<float> logits)
    {
        _predicted[image] = Logits.Largest(logits);
        _crossEntropy += Logits.CrossEntropy(logits, truth);
        _ranks[Logits.Rank(logits, truth)]++;
        Confusion.Add(truth, _predicted[image]);
    }
}
