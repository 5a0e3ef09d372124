using Cnn;

float[] images = new float[64 * LeNet.InputLength];
int[] labels = new int[64];
LeNet net = new(seed: 42);
using LeNet.Trainer trainer = net.CreateTrainer(new Sgd(0.01f) { Momentum = 0.9f }, Loss.CrossEntropy(), new() { BatchSize = 64 });
Console.WriteLine(trainer.Step(images, labels));
net.Save("lenet.safetensors");

using LeNet.Predictor predictor = LeNet.Load("lenet.safetensors").CreatePredictor();
float[] logits = new float[LeNet.OutputLength];
predictor.Predict(images.AsSpan(0, LeNet.InputLength), logits);
Console.WriteLine(predictor.Classify(images.AsSpan(0, LeNet.InputLength)));
Console.WriteLine(LeNet.Summary);

internal sealed class Reader(LeNet.Predictor predictor)
{
    public int Read(float[] image) => predictor.Classify(image);
}
