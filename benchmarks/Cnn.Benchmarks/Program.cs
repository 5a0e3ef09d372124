using System.Globalization;
using Cnn;
using Cnn.Benchmarks;
using Cnn.Benchmarks.Measuring;
using Cnn.Benchmarks.Networks;
using Cnn.CompilerServices;
using Cnn.Tool.Measuring;
using Cnn.Zoo;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
BenchmarkOptions options;
try
{
    options = BenchmarkOptions.Read(args);
}
catch (Exception fault) when (fault is ArgumentException or FormatException)
{
    Console.Error.WriteLine(fault.Message);
    return 2;
}

Console.WriteLine($"{InstructionSets.Current}, {Environment.ProcessorCount} processors, .NET {Environment.Version}, medians of {options.Rounds} rounds");
foreach (int threads in options.Threads)
{
    using PeakMeter peak = new(threads);
    Console.WriteLine($"{threads} thread(s): {2 * Enumerable.Range(0, 5).Max(_ => peak.Measure()) / 1e9:F0} GFLOP/s");
}

string header = "network      | what    | batch | threads |       ours | of peak";
Console.WriteLine(options.Peer is { } library ? $"{header} | {library.Title,12} | ratio" : header);
foreach (string name in options.Networks)
{
    foreach (int threads in options.Threads)
    {
        foreach (int batch in options.Batches.Where(batch => batch == 1 || name is not ("ResNet18" or "MobileNetV2")))
        {
            Contest contest = new(name, Network(name), batch, threads);
            if (options.Predict)
                Report(contest.Predict(options));
            if (options.Train && batch > 1)
                Report(contest.Train(options.Rounds, options.Peer));
        }
    }
}

return 0;

void Report(string row)
{
    Console.WriteLine(row);
    IReadOnlyList<(string Step, double Seconds)> steps = StepTimes.Take();
    if (!options.Steps)
        return;
    double all = steps.Sum(static step => step.Seconds);
    foreach ((string step, double seconds) in steps.Where(step => step.Seconds > 0.003 * all))
        Console.WriteLine($"    {step,-40} {seconds / all * 100,6:F1} %");
}

static INetwork Network(string name) => name switch
{
    "LeNet" => new LeNet(1),
    "VggStyle" => new VggStyle(1),
    "ResNet20" => new ResNet20(1),
    "ResNet18" => new ResNet18(1),
    "MobileNetV2" => new MobileNetV2(1),
    _ => throw new ArgumentException($"There is no network {name}. {BenchmarkOptions.Usage}"),
};
