using System.Diagnostics;
using System.Globalization;
using Cnn;
using Cnn.Benchmarks.Networks;
using Cnn.Zoo;

// timing NETWORK predict|train BATCH: warms up, and for each line read it runs once more and prints the seconds. One thread.
// The one who asks has two such processes, and asks them in turn.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
INetwork network = args[0] switch
{
    "LeNet" => new LeNet(1),
    "VggStyle" => new VggStyle(1),
    "ResNet20" => new ResNet20(1),
    _ => throw new ArgumentException($"There is no network {args[0]}: LeNet, VggStyle or ResNet20."),
};
int batch = int.Parse(args[2], CultureInfo.InvariantCulture);
Random random = new(1);
float[] inputs = [.. Enumerable.Range(0, batch * network.InputLength).Select(_ => random.NextSingle())];
float[] outputs = new float[batch * network.OutputLength];
int[] labels = [.. Enumerable.Range(0, batch).Select(static image => image % 10)];
using IPredictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = batch, Threads = 1 });
using ITrainer trainer = network.CreateTrainer(new Sgd(1e-4f) { Momentum = 0.9f }, Loss.CrossEntropy(), new TrainerOptions { BatchSize = batch, Threads = 1 });
Action run = args[1] == "train" ? () => trainer.Step(inputs, labels) : () => predictor.Predict(inputs, outputs);

// 60 runs bring the JIT to its last tier, whose thread gets the processor while this one sleeps.
for (int warm = 0; warm < 60; warm++)
    run();
Thread.Sleep(500);
int repeats = (int)Math.Ceiling(0.02 / Seconds(run, 3));
Console.WriteLine(InstructionSets.Current);
while (Console.ReadLine() is not null)
    Console.WriteLine(Seconds(run, repeats));

static double Seconds(Action run, int repeats)
{
    long start = Stopwatch.GetTimestamp();
    for (int repeat = 0; repeat < repeats; repeat++)
        run();
    return Stopwatch.GetElapsedTime(start).TotalSeconds / repeats;
}
