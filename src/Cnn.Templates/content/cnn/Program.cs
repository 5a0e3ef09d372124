using Cnn;
using Cnn.Data;

// dotnet run -- FOLDER trains on the IDX files of MNIST; without a folder, on digits that this program draws itself.
string? folder = args.FirstOrDefault();
ImageDataset train = folder is null ? SegmentDigits.Draw(8_000, seed: 1) : ImageDataset.LoadIdx(folder, DatasetPart.Train);
ImageDataset test = folder is null ? SegmentDigits.Draw(1_000, seed: 2) : ImageDataset.LoadIdx(folder, DatasetPart.Test);
string what = folder is null ? "digits of a seven-segment display, drawn by this program" : folder;

Console.WriteLine(LeNet.Summary);
Console.WriteLine($"Training on {train.Count:N0} {what}, with {InstructionSets.Current} kernels");

LeNet net = new(seed: 42);
using (LeNet.Trainer trainer = net.CreateTrainer(new Sgd(0.01f) { Momentum = 0.9f }, Loss.CrossEntropy(), new() { BatchSize = 64 }))
{
    MiniBatches batches = new(train, trainer.BatchSize, seed: 42, dropLast: true);
    for (int epoch = 0; epoch < 2; epoch++)
    {
        double loss = 0;
        batches.StartEpoch(epoch);
        while (batches.Next())
            loss += trainer.Step(batches.Inputs, batches.Labels);
        Console.WriteLine($"Epoch {epoch + 1}: mean loss {loss / batches.BatchCount:0.0000}");
    }
}

net.Save("lenet.safetensors");

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
