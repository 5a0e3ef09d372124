using System.CommandLine;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Cnn;
using Cnn.Data;
using Cnn.Distributed;
using Cnn.Training;
using DistributedLeNetSample;

Option<DirectoryInfo?> data = new("--data") { Description = "A folder with MNIST's four files. Default: digits that are drawn." };
Option<int> images = new("--images") { Description = "How many digits are drawn.", DefaultValueFactory = _ => 4000 };
Option<int> epochs = new("--epochs") { Description = "Times that each image is seen.", DefaultValueFactory = _ => 1 };
Option<string?> checkpoints = new("--checkpoints") { Description = "Where the training is saved, and goes on from, with any number of ranks." };
Option<string?> weights = new("--out") { Description = "Where the parameters are saved." };
RootCommand command = new("Trains LeNet on the ranks that mpirun started.") { data, images, epochs, checkpoints, weights };
command.SetAction((parsed, cancellation) => Task.FromResult(Train(parsed, cancellation)));
return command.Parse(args).Invoke();

int Train(ParseResult parsed, CancellationToken cancellation)
{
    using MpiRun run = MpiRun.Start();
    DirectoryInfo? folder = parsed.GetValue(data);
    ImageDataset training = folder is null
        ? RenderedDigits.Create(parsed.GetValue(images), seed: 1)
        : ImageDataset.LoadIdx(folder.FullName, DatasetPart.Train);
    ImageDataset validation = folder is null
        ? RenderedDigits.Create(parsed.GetValue(images) / 4, seed: 2)
        : ImageDataset.LoadIdx(folder.FullName, DatasetPart.Test);
    LeNet network = new(seed: 1);
    FitOptions options = new()
    {
        Optimizer = new AdamW(0.002f),
        Epochs = parsed.GetValue(epochs),
        BatchSize = 128,
        MicroBatch = 16,
        Ranks = run,
        Schedule = Schedule.OneCycle(),
        Augmentation = new Augmentation { Shift = 2 },
        Checkpoints = parsed.GetValue(checkpoints) is { } path ? new CheckpointOptions(path) { EverySteps = 10 } : null,
    };
    network.Fit(training, validation, options, run.OnFirstRank(new PlainProgress(Console.Out)), cancellation);
    if (!run.IsFirst)
        return 0;
    if (parsed.GetValue(weights) is { } file)
        network.Save(file);
    Console.WriteLine($"{(run.Count == 1 ? "1 rank" : $"{run.Count} ranks")}, {run.Library}: the trainable parameters have the hash {HashOf(network)}");
    return 0;
}

static string HashOf(INetwork network)
{
    using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    foreach (Parameter parameter in network.Parameters.Where(parameter => parameter.IsTrainable))
        hash.AppendData(MemoryMarshal.AsBytes(parameter.Values));
    return Convert.ToHexString(hash.GetHashAndReset())[..16];
}
