using System.CommandLine;
using System.Globalization;
using Cnn.CompilerServices;
using Cnn.Convolutions.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Option<int> count = new("--count") { Description = "How many convolutions are drawn.", DefaultValueFactory = static _ => 300 };
Option<int> seed = new("--seed") { Description = "What they are drawn from.", DefaultValueFactory = static _ => 1 };
Option<int[]> only = new("--only") { Description = "The numbers of those to run; all by default.", AllowMultipleArgumentsPerToken = true };
Option<int[]> batches = new("--batches")
{
    Description = "Images of a run.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = static _ => [1, 16],
};
Option<int> rounds = new("--rounds") { Description = "How often each is measured; the median counts.", DefaultValueFactory = static _ => 5 };
Option<string?> picture = new("--picture") { Description = "A PNG file to draw." };
Option<bool> steps = new("--steps") { Description = "Shows where the time of ours goes." };
RootCommand command = new("Random convolutions in turn with oneDNN and ONNX Runtime, on one thread.")
{
    count, seed, only, batches, rounds, picture, steps,
};
command.SetAction(arguments =>
{
    IEnumerable<(ConvolutionShape Shape, int Number)> shapes =
        ConvolutionShape.Draw(arguments.GetValue(count), arguments.GetValue(seed)).Select(static (shape, number) => (shape, number));
    if (arguments.GetValue(only) is { Length: > 0 } wanted)
        shapes = shapes.Where(entry => wanted.Contains(entry.Number));
    List<Measured> all = [];
    Console.WriteLine($"GFLOP/s; the ratio is ours over the faster of oneDNN and ONNX Runtime\n{SweepTable.Header}");
    foreach (Measured measured in new Sweep(arguments.GetValue(batches)!, arguments.GetValue(rounds), arguments.GetValue(steps)).Run(shapes))
    {
        all.Add(measured);
        Console.WriteLine(SweepTable.Row(measured));
        IReadOnlyList<(string Step, double Seconds)> times = StepTimes.Take();
        foreach ((string step, double seconds) in times.Where(static time => time.Seconds > 0))
            Console.WriteLine($"    {step,-60} {100 * seconds / times.Sum(static time => time.Seconds),5:F1} %");
    }

    Console.WriteLine();
    foreach (string line in SweepTable.Summary(all))
        Console.WriteLine(line);
    if (arguments.GetValue(picture) is { } path)
        SweepPicture.Save(path, all);
});
return command.Parse(args).Invoke();
