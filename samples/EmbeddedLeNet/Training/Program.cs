using Cnn;
using Cnn.Data;
using Cnn.Training;
using EmbeddedLeNet;

// Makes digits.safetensors. Digits are drawn and not MNIST, so that nobody has to ask whose the weights are.
LeNet network = new(seed: 1);
ImageDataset train = RenderedDigits.Create(60_000);
ImageDataset test = RenderedDigits.Create(10_000, part: DatasetPart.Test);
FitOptions options = new()
{
    Optimizer = new Sgd(0.05f) { Momentum = 0.9f },
    Epochs = 6,
    Schedule = Schedule.Cosine(),
    Augmentation = new Augmentation { Shift = 2, Rotation = 10 },
    Seed = 1,
};
network.Fit(train, test, options, new PlainProgress(Console.Out, "drawn digits"));
network.Save(args.FirstOrDefault("digits.safetensors"));
