using Cnn.Data;

namespace Cnn.Training;

/// <summary>What options make of a network and its examples: batches, a trainer and its steps.</summary>
internal sealed class TrainingParts : IDisposable
{
    /// <exception cref="ArgumentException">An option does not fit the examples, or the loss the network.</exception>
    public TrainingParts(INetwork network, IExampleSource training, FitOptions options)
    {
        Batches = new ExampleLoader(training, LoaderSettings.Of(network, training) with
        {
            BatchSize = options.BatchSize,
            Seed = options.Seed,
            Augmentation = options.Augmentation,
            Normalization = options.Normalization,
            Workers = options.LoaderWorkers,
            Part = options.Ranks?.Rank ?? 0,
            Parts = options.Ranks?.Count ?? 1,
            MicroBatch = Math.Max(1, options.MicroBatch),
        });
        try
        {
            Trainer = network.CreateTrainer(options.Optimizer, options.Loss, options.OfTrainer(training.Count));
            Step = new TrainingStep(Trainer, training, options);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ExampleLoader Batches { get; }

    public ITrainer Trainer { get; }

    public TrainingStep Step { get; }

    public void Dispose()
    {
        Trainer?.Dispose();
        Batches.Dispose();
    }
}
