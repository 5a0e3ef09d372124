using Cnn.Data;

// dotnet run -- FOLDER trains on the images of a folder: see README.md.
(ImageDataset train, ImageDataset test) = Learning.Load(args.FirstOrDefault());
Learning.Train(train, test);

// What a program does that only predicts: load, classify.
using LeNet.Predictor predictor = LeNet.Load(Learning.WeightsFile).CreatePredictor();
float[] image = new float[LeNet.InputLength];
int right = 0;
for (int index = 0; index < test.Count; index++)
{
    test.CopyImage(index, image);
    if (predictor.Classify(image) == test.Labels[index])
        right++;
}

Console.WriteLine($"{100.0 * right / test.Count:0.00} % of {test.Count:N0} images it had not seen are read right");
