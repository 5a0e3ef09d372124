using Cnn;
using Cnn.Data;
using EmbeddedLeNet;

namespace BrowserLeNet.Training;

/// <summary>LeNet with batch normalisation and without, which learn from the same random start, from the same batches in the same order.</summary>
internal sealed class Experiment : IDisposable
{
    /// <summary>The place of the network without batch normalisation in <see cref="Runs"/>.</summary>
    public const int Plain = 0;

    /// <summary>The place of the network with batch normalisation in <see cref="Runs"/>.</summary>
    public const int Normalized = 1;

    private readonly MiniBatches _batches;

    /// <summary>Starts from random weights.</summary>
    /// <param name="images">What is learned.</param>
    /// <param name="seed">Decides the weights and the order of the images.</param>
    /// <param name="learningRate">The step size of both.</param>
    /// <param name="batchSize">Images a step.</param>
    public Experiment(ImageDataset images, int seed, float learningRate, int batchSize)
    {
        _batches = new MiniBatches(images, batchSize, seed, dropLast: true);
        Runs = [new TrainingRun(new PlainLeNet(seed), learningRate, batchSize), new TrainingRun(new LeNet(seed), learningRate, batchSize)];
    }

    /// <summary>The networks, at <see cref="Plain"/> and <see cref="Normalized"/>.</summary>
    public IReadOnlyList<TrainingRun> Runs { get; }

    /// <summary>Goes to the next batch, of the next epoch where this one is over.</summary>
    public void NextBatch()
    {
        if (_batches.Next())
            return;
        _batches.StartEpoch(_batches.Epoch + 1);
        _batches.Next();
    }

    /// <summary>One step of one network on the current batch.</summary>
    /// <param name="run"><see cref="Plain"/> or <see cref="Normalized"/>.</param>
    /// <returns>The mean loss before the update.</returns>
    public float Step(int run) => Runs[run].Step(_batches);

    public void Dispose()
    {
        foreach (TrainingRun run in Runs)
            run.Dispose();
    }
}
