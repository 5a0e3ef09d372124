using System.Globalization;
using Cnn.Generator.Benchmarks;

(string Name, string Declaration)[] networks = [("LeNet", Declarations.LeNet), ("ResNet-18", Declarations.ResNet18), ("MobileFaceNet", Declarations.MobileFaceNet)];
if (args.Contains("--text"))
{
    GeneratedText.Print([
        .. networks.SelectMany(static network => (GeneratedText[])[DriverBenchmarks.Text(network.Name, network.Declaration), .. DriverBenchmarks.Texts(network.Declaration)]),
        .. LayerCounts.All.Select(static count => DriverBenchmarks.Text($"{count} layers", Declarations.Chain(count))),
    ]);
    return;
}

if (args.Contains("--build"))
{
    int repetitions = args is [_, var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 15;
    Measurement.Print([
        .. DriverBenchmarks.Build("build without a network", "public class Nothing;", repetitions),
        .. networks.Where(network => args.Length < 3 || args.Contains(network.Name)).SelectMany(network => DriverBenchmarks.Build($"build with {network.Name}", network.Declaration, repetitions)),
    ]);
    return;
}

// The first run of a process compiles the generator itself, so that it comes first.
Measurement[] cold = [DriverBenchmarks.FirstRun("LeNet, the process's first", Declarations.LeNet)];
_ = DriverBenchmarks.Edit("the process learns what is hot", Declarations.LeNet, Edits.OtherFile, repetitions: 4000);
Measurement[] warm =
[
    DriverBenchmarks.Repeated("first run, LeNet", Declarations.LeNet),
    DriverBenchmarks.Repeated("first run, ResNet-18", Declarations.ResNet18),
    DriverBenchmarks.Edit("edit in another file, LeNet", Declarations.LeNet, Edits.OtherFile),
    DriverBenchmarks.Edit("edit in another file, ResNet-18", Declarations.ResNet18, Edits.OtherFile),
    DriverBenchmarks.Edit("edit in another file, any generator", Declarations.LeNet, Edits.OtherFile, generator: new FloorGenerator()),
    DriverBenchmarks.Edit("comment in the network's file, any generator", Declarations.LeNet, Edits.Comment, generator: new FloorGenerator()),
    DriverBenchmarks.Edit("comment in the network's file, LeNet", Declarations.LeNet, Edits.Comment),
    DriverBenchmarks.Edit("one argument, LeNet", Declarations.LeNet, Edits.Argument),
    .. DriverBenchmarks.Build("build without a network", "public class Nothing;"),
    .. networks.SelectMany(static network => DriverBenchmarks.Build($"build with {network.Name}", network.Declaration)),
    DriverBenchmarks.Analyze("analyzer, LeNet", Declarations.LeNet),
    .. LayerCounts.All.Select(count => DriverBenchmarks.Repeated($"first run, {count} layers", Declarations.Chain(count), repetitions: 3)),
    .. StageBenchmarks.Rooms("LeNet", DriverBenchmarks.Compile(Declarations.LeNet), "LeNet", 20),
    .. StageBenchmarks.Rooms("ResNet-18", DriverBenchmarks.Compile(Declarations.ResNet18), "ResNet18", 20),
    .. LayerCounts.All.SelectMany(count => StageBenchmarks.Rooms($"{count} layers", DriverBenchmarks.Compile(Declarations.Chain(count)), "Chain", 5)),
];
Measurement.Print([.. cold, .. warm]);
