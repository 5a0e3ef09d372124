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
        _ranks = new long[classes];
    }

    /// <summary>The number of images.</summary>
    public int Count => _predicted.Length;

    /// <summary>The part whose class was found, from 0 to 1.</summary>
    public double Accuracy => Confusion.Accuracy;

    /// <summary>The mean cross entropy.</summary>
    public double Loss => _crossEntropy / Count;

    /// <summary>How often each class was taken for each; precision and recall.</summary>
    public ConfusionMatrix Confusion { get; }

    /// <summary>The class that was predicted for each image.</summary>
    public ReadOnlySpan<int> Predicted => _predicted;

    /// <summary>Predicts every image with a predictor of the network as it is now.</summary>
    /// <param name="network">A classifier: its outputs are one logit a class.</param>
    /// <param name="images">Images of its input's length, with labels below its output's length.</param>
    /// <param name="options">Batch size, threads and normalisation.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <exception cref="ArgumentException">The images do not fit the network.</exception>
    public static Evaluation Of(INetwork network, ImageDataset images, EvaluationOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(images);
        options ??= new EvaluationOptions();
        CheckFits(network, images);
        using IPredictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = options.BatchSize, Threads = options.Threads });
        using BatchLoader batches = new(images, new LoaderOptions { BatchSize = options.BatchSize, Shuffle = false, Normalization = options.Normalization });
        Evaluation evaluation = new(network.OutputLength, images.Count);
        Span<float> outputs = new float[options.BatchSize * network.OutputLength];
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
        return (double)_ranks.Take(k).Sum() / Count;
    }

    internal static void CheckFits(INetwork network, ImageDataset images)
    {
        if (images.ImageLength != network.InputLength)
            throw new ArgumentException($"The images have {images.ImageLength} floats, and {network.Summary.Name} takes {network.InputLength}. Give images of the network's input shape.", nameof(images));
        if (images.ClassCount > network.OutputLength)
            throw new ArgumentException($"The images have {images.ClassCount} classes, and {network.Summary.Name} has {network.OutputLength} outputs. Give the last layer one output a class.", nameof(images));
    }

    private void Add(int image, int truth, ReadOnlySpan<float> logits)
    {
        _predicted[image] = Logits.Largest(logits);
        _crossEntropy += Logits.CrossEntropy(logits, truth);
        _ranks[Logits.Rank(logits, truth)]++;
        Confusion.Add(truth, _predicted[image]);
    }
}
