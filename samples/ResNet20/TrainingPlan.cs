using Cnn;
using Cnn.Data;
using Cnn.Training;

namespace ResNet20Sample;

/// <summary>How the network is trained: SGD with momentum on cross entropy, in one cycle of the learning rate, on shifted and mirrored images.</summary>
/// <param name="Epochs">Times that each training image is seen.</param>
/// <param name="BatchSize">Images a step.</param>
/// <param name="LearningRate">The highest.</param>
/// <param name="Seed">Decides the initial parameters, the order of the images and their variation.</param>
/// <param name="Threads">0 is all cores. The result does not depend on it.</param>
/// <param name="Checkpoints">The folder in which the training is saved; null is nowhere.</param>
internal sealed record TrainingPlan(int Epochs, int BatchSize, float LearningRate, int Seed, int Threads, string? Checkpoints)
{
    /// <summary>The folder of the pictures; null is nowhere.</summary>
    public string? Plots { get; init; }

    /// <summary>The plan as <c>Fit</c> takes it.</summary>
    /// <param name="training">What the normalisation is measured on.</param>
    public FitOptions ToOptions(ImageDataset training) => new()
    {
        // Five times the weight decay of the paper, which had all 50,000 images.
        Optimizer = new Sgd(LearningRate) { Momentum = 0.9f, WeightDecay = 5e-4f },
        Epochs = Epochs,
        BatchSize = BatchSize,
        Schedule = Schedule.OneCycle(),
        Augmentation = new Augmentation { Shift = 4, Flip = true },
        Normalization = ChannelNormalization.Of(training),
        Checkpoints = Checkpoints is null ? null : new CheckpointOptions(Checkpoints) { EverySteps = 50 },
        Seed = Seed,
        Threads = Threads,
    };
}
