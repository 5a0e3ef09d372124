using Cnn;
using Cnn.Data;
using Cnn.Training;

// dotnet run -- FOLDER trains on the IDX files of MNIST; without a folder, on digits that are drawn here and are far easier.
string? folder = args.FirstOrDefault();
ImageDataset train = folder is null ? RenderedDigits.Create(8_000) : ImageDataset.LoadIdx(folder, DatasetPart.Train);
ImageDataset test = folder is null ? RenderedDigits.Create(1_000, part: DatasetPart.Test) : ImageDataset.LoadIdx(folder, DatasetPart.Test);

Console.WriteLine(LeNet.Summary);
Console.WriteLine(
    $"Training on {train.Count:N0} {(folder is null ? "digits drawn by this program" : $"images of {folder}")}, with {InstructionSets.Current} kernels");

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
net.Save("lenet.safetensors");

// What a program does that only reads digits: load, predict.
using LeNet.Predictor predictor = LeNet.Load("lenet.safetensors").CreatePredictor();
float[] image = new float[LeNet.InputLength];
int right = 0;
for (int index = 0; index < test.Count; index++)
{
    test.CopyImage(index, image);
    if (predictor.Classify(image) == test.Labels[index])
        right++;
}

Console.WriteLine($"{100.0 * right / test.Count:0.00} % of {test.Count:N0} images it had not seen are read right");
