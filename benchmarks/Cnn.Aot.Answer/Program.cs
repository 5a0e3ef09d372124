using Cnn.Aot;
using Cnn.Benchmarks.Networks;

// answer write FILE: random weights. answer FILE: loads them, predicts one image, prints its class.
if (args is ["write", string target])
{
    new LeNet(seed: 1).Save(target);
    return;
}

float[] image = new float[LeNet.InputLength];
Array.Fill(image, 0.5f);
using LeNet.Predictor predictor = LeNet.Load(args[0]).CreatePredictor();
Console.WriteLine(predictor.Classify(image));
PeakMemory.PrintIfAsked(args);
