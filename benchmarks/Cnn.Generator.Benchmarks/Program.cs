using Cnn.Generator.Benchmarks;

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
    DriverBenchmarks.Build("build without a network", "public class Nothing;"),
    DriverBenchmarks.Build("build with LeNet", Declarations.LeNet),
    DriverBenchmarks.Build("build with ResNet-18", Declarations.ResNet18),
    DriverBenchmarks.Analyze("analyzer, LeNet", Declarations.LeNet),
    .. LayerCounts.All.Select(count => DriverBenchmarks.Repeated($"first run, {count} layers", Declarations.Chain(count), repetitions: 3)),
    .. StageBenchmarks.Rooms("LeNet", DriverBenchmarks.Compile(Declarations.LeNet), "LeNet", 20),
    .. StageBenchmarks.Rooms("ResNet-18", DriverBenchmarks.Compile(Declarations.ResNet18), "ResNet18", 20),
    .. LayerCounts.All.SelectMany(count => StageBenchmarks.Rooms($"{count} layers", DriverBenchmarks.Compile(Declarations.Chain(count)), "Chain", 5)),
];
Measurement.Print([.. cold, .. warm]);
Console.WriteLine($"LeNet: {DriverBenchmarks.TextLength(Declarations.LeNet) / 1024:N0} KB of text, ResNet-18: {DriverBenchmarks.TextLength(Declarations.ResNet18) / 1024:N0} KB");
foreach (int count in LayerCounts.All)
    Console.WriteLine($"{count} layers: {DriverBenchmarks.TextLength(Declarations.Chain(count)) / 1024:N0} KB of text");
