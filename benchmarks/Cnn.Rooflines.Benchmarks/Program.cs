using System.CommandLine;
using System.Globalization;
using Cnn;
using Cnn.Generator.Planning;
using Cnn.Rooflines.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string[] all = ["LeNet", "VggStyle", "ResNet20", "ResNet18", "MobileNetV2"];
Option<string[]> networks = new("--networks") { Description = "Those to measure.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => all };
Option<int> rounds = new("--rounds") { Description = "How often each is measured; the median counts.", DefaultValueFactory = static _ => 11 };
Option<bool> steps = new("--steps") { Description = "Shows each step with its limit." };
Option<string?> picture = new("--picture") { Description = "A PNG file to draw." };
Option<int> secondCache = new("--second-cache") { Description = "KB of a core's second-level cache.", DefaultValueFactory = static _ => 1024 };
Option<int> thirdCache = new("--third-cache") { Description = "KB of the third-level cache.", DefaultValueFactory = static _ => 32 << 10 };
RootCommand command = new("What the benchmarks' networks take on one thread, and what their arithmetic and their movement would take at least.")
{
    networks, rounds, steps, picture, secondCache, thirdCache,
};
command.SetAction(arguments =>
{
    Roofs roofs = Roofs.Measure((long)arguments.GetValue(secondCache) << 10, (long)arguments.GetValue(thirdCache) << 10);
    Console.WriteLine($"{RooflineTable.Of(roofs)}\n{RooflineTable.Header}");
    Declared declared = new();
    List<Measurement> measured = [];
    foreach (string name in arguments.GetValue(networks)!)
    {
        foreach (Measurement pass in Passes(name, declared, roofs, arguments.GetValue(rounds)))
        {
            measured.Add(pass);
            Console.WriteLine(RooflineTable.Row(pass, roofs));
            if (!arguments.GetValue(steps))
                continue;
            foreach (string line in RooflineTable.Steps(pass, roofs))
                Console.WriteLine(line);
        }
    }

    if (arguments.GetValue(picture) is { } path)
        RooflinePicture.Save(path, measured, roofs);
});
return command.Parse(args).Invoke();

static IEnumerable<Measurement> Passes(string name, Declared declared, Roofs roofs, int rounds)
{
    const int Batch = 64;
    INetwork network = declared.Create(name);
    NetworkPlan plan = declared.Plan(name);
    bool isLarge = network.InputLength > 10_000;
    foreach (int images in isLarge ? [1] : new[] { 1, Batch })
    {
        float[] inputs = Inputs(network, images);
        float[] outputs = new float[images * network.OutputLength];
        using IPredictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = images, Threads = 1 });
        yield return Measurement.Of($"{name}, prediction of {images}", (double)network.Summary.MultiplyAdds * images,
            new WorkCount(plan, images, roofs).Prediction(), () => predictor.Predict(inputs, outputs), rounds);
    }

    if (isLarge)
        yield break;
    float[] batch = Inputs(network, Batch);
    int[] labels = [.. Enumerable.Range(0, Batch).Select(static image => image % 10)];
    using ITrainer trainer = network.CreateTrainer(
        new Sgd(1e-2f) { Momentum = 0.9f }, Loss.CrossEntropy(), new TrainerOptions { BatchSize = Batch, Threads = 1 });
    double first = network.Summary.Layers.First(static layer => layer.MultiplyAdds > 0).MultiplyAdds;
    yield return Measurement.Of($"{name}, training step of {Batch}", ((3.0 * network.Summary.MultiplyAdds) - first) * Batch,
        new WorkCount(plan, Batch, roofs).TrainingStep(), () => trainer.Step(batch, labels), rounds);
}

static float[] Inputs(INetwork network, int images)
{
    Random random = new(1);
    return [.. Enumerable.Range(0, images * network.InputLength).Select(_ => random.NextSingle())];
}
