using Cnn;
using Cnn.Data;

namespace LeNetSample.Training;

/// <summary>How a network does on images with known classes.</summary>
internal sealed class Evaluation
{
    private const int BatchSize = 100;

    private readonly int[] _counts;
    private readonly int[] _predicted;

    private Evaluation(int classes, int[] predicted)
    {
        Classes = classes;
        _counts = new int[classes * classes];
        _predicted = predicted;
    }

    public int Classes { get; }

    public int Images => _predicted.Length;

    public int Correct { get; private set; }

    /// <summary>From 0 to 1.</summary>
    public double Accuracy => (double)Correct / Images;

    /// <summary>The class that was predicted for each image.</summary>
    public ReadOnlySpan<int> Predicted => _predicted;

    /// <summary>How many images of one class were taken for another.</summary>
    public int Count(int truth, int predicted) => _counts[truth * Classes + predicted];

    /// <summary>Predicts every image with a predictor of the network as it is now.</summary>
    public static Evaluation Of(INetwork network, ImageDataset images, int threads, CancellationToken cancellation)
    {
        using IPredictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = BatchSize, Threads = threads });
        return Of(predictor, network.OutputLength, images, cancellation);
    }

    private static Evaluation Of(IPredictor predictor, int classes, ImageDataset images, CancellationToken cancellation)
    {
        Evaluation evaluation = new(classes, new int[images.Count]);
        MiniBatches batches = new(images, BatchSize, shuffle: false);
        Span<float> outputs = new float[BatchSize * classes];
        int image = 0;
        while (batches.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            Span<float> logits = outputs[..(batches.Labels.Length * classes)];
            predictor.Predict(batches.Inputs, logits);
            foreach (int truth in batches.Labels)
            {
                int predicted = Logits.Largest(logits[..classes]);
                evaluation.Add(image++, truth, predicted);
                logits = logits[classes..];
            }
        }

        return evaluation;
    }

    private void Add(int image, int truth, int predicted)
    {
        _predicted[image] = predicted;
        _counts[truth * Classes + predicted]++;
        if (truth == predicted)
            Correct++;
    }
}
