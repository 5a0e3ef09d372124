using Cnn;
using Cnn.Data;
using Cnn.Training;

/// <summary>Where the images come from, and how the network learns from them.</summary>
internal static class Learning
{
    public const string WeightsFile = "lenet.safetensors";

#if (fromPictures)
    /// <summary>Loads a folder that has a folder of pictures for each class; a tenth of them is kept for the test.</summary>
    public static (ImageDataset Train, ImageDataset Test) Load(string? folder)
    {
        if (folder is null)
            throw new ArgumentException("Give a folder that has a folder of pictures for each class: cats/1.jpg, dogs/2.png.");
        (ImageDataset images, IReadOnlyList<string> classes) = ImageFolder.Load(folder, channels: 1, height: 28, width: 28);
        if (classes.Count != LeNet.OutputLength)
            throw new ArgumentException($"{folder} has {classes.Count} classes, and the network {LeNet.OutputLength}: change its last [Linear].");
        Console.WriteLine($"Classes: {string.Join(", ", classes)}");
        return images.Split(0.9);
    }
#else
    /// <summary>Loads the IDX files of MNIST from a folder; without one, draws digits, which are far easier.</summary>
    public static (ImageDataset Train, ImageDataset Test) Load(string? folder) => folder is null
        ? (RenderedDigits.Create(8_000), RenderedDigits.Create(1_000, part: DatasetPart.Test))
        : (ImageDataset.LoadIdx(folder, DatasetPart.Train), ImageDataset.LoadIdx(folder, DatasetPart.Test));
#endif

    /// <summary>Trains a network and saves it.</summary>
    public static void Train(ImageDataset train, ImageDataset test)
    {
        Console.WriteLine(LeNet.Summary);
        Console.WriteLine($"Training on {train.Count:N0} images, with {InstructionSets.Current} kernels");
        LeNet net = new(seed: 42);
        FitOptions options = new()
        {
            Optimizer = new Sgd(0.05f) { Momentum = 0.9f },
            Schedule = Schedule.Cosine(),
            Epochs = 2,
            BatchSize = 64,
            Seed = 42,
        };
        net.Fit(train, test, options, new PlainProgress(Console.Out));
        net.Save(WeightsFile);
    }
}
