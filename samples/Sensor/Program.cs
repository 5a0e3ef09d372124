using Cnn;
using Cnn.Data;
using Cnn.Plots;
using Cnn.Training;
using SensorSample;

// dotnet run -c Release --project samples/Sensor
ImageDataset training = Motion.Create(4_000, seed: 1);
ImageDataset test = Motion.Create(1_000, seed: 2);
(training, ImageDataset validation) = training.Split(0.9);
Console.WriteLine(MotionNetwork.Summary);

MotionNetwork network = new(seed: 1);
FitOptions options = new() { Optimizer = new AdamW(1e-3f), Epochs = 12, BatchSize = 32, Normalization = ChannelNormalization.Of(training) };
LearningRateSweep sweep = network.FindLearningRate(training, options, from: 1e-5, to: 1);
Console.WriteLine(sweep);
options = options with { Optimizer = new AdamW((float)sweep.Suggested), Schedule = Schedule.OneCycle() };
FitResult result = network.Fit(training, validation, options, new PlainProgress(Console.Out));
network.Save("motion.safetensors");

Evaluation evaluation = Evaluation.Of(network, test, new() { Normalization = options.Normalization });
Console.WriteLine(evaluation);
for (int kind = 0; kind < Motion.Kinds.Length; kind++)
{
    (double recall, double precision) = (evaluation.Confusion.Recall(kind), evaluation.Confusion.Precision(kind));
    Console.WriteLine(FormattableString.Invariant($"{Motion.Kinds[kind],-8} recall {recall:0.000}  precision {precision:0.000}"));
}

TrainingPlots.SaveLearningRates("rates.png", sweep);
TrainingPlots.SaveLoss("loss.png", result.Epochs);
TrainingPlots.SaveConfusion("confusion.png", evaluation.Confusion, Motion.Kinds);
