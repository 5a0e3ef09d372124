using Cnn.Generator.Benchmarks;

// The first run of a process compiles the generator itself, so that it comes first.
Measurement[] cold = [DriverBenchmarks.FirstRun("LeNet, the process's first", Declarations.LeNet)];
Measurement[] warm =
[
    DriverBenchmarks.Repeated("first run, LeNet", Declarations.LeNet),
    DriverBenchmarks.Repeated("first run, ResNet-18", Declarations.ResNet18),
    DriverBenchmarks.Edit("edit in another file, LeNet", Declarations.LeNet, Edits.OtherFile),
    DriverBenchmarks.Edit("edit in another file, ResNet-18", Declarations.ResNet18, Edits.OtherFile),
    DriverBenchmarks.Edit("edit in another file, floor", Declarations.LeNet, Edits.OtherFile, generator: new FloorGenerator()),
    DriverBenchmarks.Edit("comment in the network's file, floor", Declarations.LeNet, Edits.Comment, generator: new FloorGenerator()),
    DriverBenchmarks.Edit("comment in the network's file, LeNet", Declarations.LeNet, Edits.Comment),
    DriverBenchmarks.Edit("one argument, LeNet", Declarations.LeNet, Edits.Argument),
    DriverBenchmarks.Analyze("analyzer, LeNet", Declarations.LeNet),
    .. LayerCounts.All.Select(count => DriverBenchmarks.Repeated($"first run, {count} layers", Declarations.Chain(count), repetitions: 3)),
    .. StageBenchmarks.Rooms("LeNet", DriverBenchmarks.Compile(Declarations.LeNet), "LeNet", 20),
    .. StageBenchmarks.Rooms("ResNet-18", DriverBenchmarks.Compile(Declarations.ResNet18), "ResNet18", 20),
    .. LayerCounts.All.SelectMany(count => StageBenchmarks.Rooms($"{count} layers", DriverBenchmarks.Compile(Declarations.Chain(count)), "Chain", 5)),
];
Measurement.Print([.. cold, .. warm]);
foreach (int count in LayerCounts.All)
    Console.WriteLine($"{count} layers: {DriverBenchmarks.TextLength(Declarations.Chain(count)) / 1024:N0} KB of text");
