using Cnn;
using Cnn.Data;
using Cnn.Training;

namespace LeNetSample.Training;

/// <summary>How a network is trained: SGD with momentum 0.9 on cross entropy, the learning rate falling to 0 as half a cosine.</summary>
/// <param name="Epochs">Times that each training image is seen.</param>
/// <param name="BatchSize">Images a step.</param>
/// <param name="LearningRate">At the first step.</param>
/// <param name="Seed">Decides the initial parameters, the order of the images and their variation.</param>
/// <param name="Threads">0 is all cores. The result does not depend on it.</param>
internal sealed record TrainingPlan(int Epochs, int BatchSize, float LearningRate, int Seed, int Threads)
{
    public const int DefaultEpochs = 3;
    public const int DefaultBatchSize = 64;
    public const float DefaultLearningRate = 0.05f;
    private const float Momentum = 0.9f;

    /// <summary>Whether images are shifted and turned.</summary>
    public bool Augment { get; init; }

    /// <summary>Whether images are mirrored.</summary>
    public bool Flip { get; init; }

    /// <summary>0 is none.</summary>
    public float WeightDecay { get; init; }

    /// <summary>Where the training is saved; null is nowhere.</summary>
    public string? Checkpoints { get; init; }

    /// <summary>Where the pictures go; null is nowhere.</summary>
    public string? Plots { get; init; }

    /// <summary>The plan as <c>Fit</c> takes it.</summary>
    public FitOptions ToOptions() => new()
    {
        Optimizer = new Sgd(LearningRate) { Momentum = Momentum, WeightDecay = WeightDecay },
        Epochs = Epochs,
        BatchSize = BatchSize,
        Schedule = Schedule.Cosine(),
        Augmentation = Augment || Flip ? new Augmentation { Shift = Augment ? 2 : 0, Rotation = Augment ? 10 : 0, Flip = Flip } : null,
        Checkpoints = Checkpoints is null ? null : new CheckpointOptions(Checkpoints) { EverySteps = 200 },
        Seed = Seed,
        Threads = Threads,
    };
}
