using Cnn;
using Cnn.Data;

namespace BrowserLeNet.Training;

/// <summary>One network while it learns.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly Sgd _optimizer;
    private readonly ITrainer _trainer;

    /// <summary>Makes a trainer for a network.</summary>
    /// <param name="network">Its parameters are learned.</param>
    /// <param name="learningRate">The step size.</param>
    /// <param name="batchSize">Images a step, at most.</param>
    public TrainingRun(INetwork network, float learningRate, int batchSize)
    {
        Network = network;
        _optimizer = new Sgd(learningRate) { Momentum = 0.9f };
        _trainer = network.CreateTrainer(_optimizer, Loss.CrossEntropy(), new() { BatchSize = batchSize });
    }

    /// <summary>The network that learns.</summary>
    public INetwork Network { get; }

    /// <summary>Of the last step's images, those that were read right before it: 0 to 1.</summary>
    public double Accuracy { get; private set; }

    /// <summary>The step size from the next step on.</summary>
    public float LearningRate
    {
        get => _optimizer.LearningRate;
        set => _optimizer.LearningRate = value;
    }

    /// <summary>One step.</summary>
    /// <param name="batch">Its images and classes.</param>
    /// <returns>The mean loss before the update; not a number where the training has diverged.</returns>
    public float Step(MiniBatches batch)
    {
        float loss = _trainer.Step(batch.Inputs, batch.Labels);
        Accuracy = Share(_trainer.Outputs, batch.Labels);
        return loss;
    }

    /// <summary>Reads images that are not learned from, with the parameters as they are now.</summary>
    /// <param name="images">The images.</param>
    /// <returns>Those that are read right: 0 to 1.</returns>
    public double Test(ImageDataset images)
    {
        using IPredictor predictor = Network.CreatePredictor();
        Span<float> pixels = stackalloc float[images.ImageLength];
        Span<float> scores = stackalloc float[images.ClassCount];
        int right = 0;
        for (int index = 0; index < images.Count; index++)
        {
            images.CopyImage(index, pixels);
            predictor.Predict(pixels, scores);
            if (Largest(scores) == images.Labels[index])
                right++;
        }

        return right / (double)images.Count;
    }

    public void Dispose() => _trainer.Dispose();

    private static double Share(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels)
    {
        int classes = scores.Length / labels.Length;
        int right = 0;
        for (int index = 0; index < labels.Length; index++)
        {
            if (Largest(scores.Slice(index * classes, classes)) == labels[index])
                right++;
        }

        return right / (double)labels.Length;
    }

    /// <summary>The first index of the largest score; -1 where none is a number.</summary>
    private static int Largest(ReadOnlySpan<float> scores)
    {
        int best = -1;
        for (int index = 0; index < scores.Length; index++)
        {
            if (!float.IsNaN(scores[index]) && (best < 0 || scores[index] > scores[best]))
                best = index;
        }

        return best;
    }
}
