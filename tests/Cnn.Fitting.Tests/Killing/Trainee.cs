using Cnn.Data;
using Cnn.Fitting.Tests.Support;
using Cnn.Training;

namespace Cnn.Fitting.Tests.Killing;

/// <summary>A short training with everything that has a state, in a process of its own.</summary>
internal static class Trainee
{
    public const string Verb = "train";
    public const int CheckpointInterval = 3;

    /// <summary>In the folder of the checkpoints: one byte for each update of this process, which is there even if it is killed at once.</summary>
    public const string UpdatesFile = "updates";

    /// <summary>Trains, or goes on training.</summary>
    /// <param name="folder">Of the checkpoints.</param>
    /// <param name="result">The file that receives the network when it is done.</param>
    public static int Run(string folder, string result)
    {
        Directory.CreateDirectory(folder);
        using FileStream updates = new(Path.Combine(folder, UpdatesFile), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var network = new CountedNetwork(new TinyNetwork(seed: 1), () => updates.WriteByte(1));
        network.Fit(Quadrants.Create(200), Quadrants.Create(40, seed: 2), new FitOptions
        {
            Optimizer = new AdamW(0.01f),
            Epochs = 6,
            BatchSize = 16,
            MicroBatch = 6,
            Schedule = Schedule.OneCycle(),
            Clipping = GradientClipping.Norm(1),
            Averaging = new WeightAveraging(0.9) { EverySteps = 2 },
            EarlyStopping = new EarlyStopping(Patience: 6),
            Augmentation = new Augmentation { Shift = 1, Rotation = 10, Cutout = 2 },
            Checkpoints = new CheckpointOptions(folder) { EverySteps = CheckpointInterval, Keep = 2 },
            Seed = 5,
            Threads = 1,
        });
        network.Save(result);
        return 0;
    }
}
