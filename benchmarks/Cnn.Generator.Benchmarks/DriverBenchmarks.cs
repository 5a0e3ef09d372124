using System.Collections.Immutable;
using System.Diagnostics;
using Basic.Reference.Assemblies;
using Cnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;

namespace Cnn.Generator.Benchmarks;

/// <summary>The generator driver as an editor and a compiler run it.</summary>
internal static class DriverBenchmarks
{
    private static readonly MetadataReference[] References =
        [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(NetworkAttribute).Assembly.Location)];

    public static Measurement FirstRun(string name, string network) => new(name, [Run(Driver(), Compile(network)).Milliseconds]);

    /// <summary>First runs of fresh drivers, in a process that has run the generator before.</summary>
    public static Measurement Repeated(string name, string network, int repetitions = 20) =>
        new(name, [.. Enumerable.Range(0, repetitions + 3).Select(_ => Run(Driver(), Compile(network)).Milliseconds).Skip(3)]);

    /// <summary>Runs after an edit, by a driver that remembers the run before.</summary>
    public static Measurement Edit(string name, string network, Edits edit, int repetitions = 2000, IIncrementalGenerator? generator = null)
    {
        CSharpCompilation compilation = Compile(network);
        GeneratorDriver driver = Run(generator is null ? Driver() : CSharpGeneratorDriver.Create(generator), compilation).Driver;
        SyntaxTree original = compilation.SyntaxTrees[edit.File];
        string text = original.ToString();
        List<double> times = [];
        for (int i = 0; i < repetitions; i++)
        {
            SyntaxTree edited = CSharpSyntaxTree.ParseText(edit.Change(text, i), path: original.FilePath);
            compilation = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[edit.File], edited);
            (driver, double milliseconds) = Run(driver, compilation);
            times.Add(milliseconds);
        }

        // Until then the process compiles what it runs, again and again, and an editor runs for hours.
        return new Measurement(name, times[(repetitions * 3 / 4)..]);
    }

    /// <summary>The analyzer over a fresh compilation, without what the compiler itself does to bind it.</summary>
    public static Measurement Analyze(string name, string network, int repetitions = 50)
    {
        List<double> times = [];
        for (int i = 0; i < repetitions; i++)
        {
            CSharpCompilation compilation = Compile(network);
            compilation.GetDiagnostics();
            CompilationWithAnalyzers analysis = compilation.WithAnalyzers(
                [new NetworkAnalyzer()], new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, concurrentAnalysis: false, logAnalyzerExecutionTime: true));
            analysis.GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
            times.Add(analysis.GetAnalysisResultAsync(CancellationToken.None).GetAwaiter().GetResult().AnalyzerTelemetryInfo.Values.Sum(info => info.ExecutionTime.TotalMilliseconds));
        }

        return new Measurement(name, times[(repetitions / 4)..]);
    }

    /// <summary>A whole build: generating, binding, and emitting an optimised assembly; its time, and what all processors spent on it, which a busy machine changes less.</summary>
    public static IEnumerable<Measurement> Build(string name, string network, int repetitions = 5)
    {
        List<double> times = [];
        List<double> processors = [];
        for (int i = 0; i < repetitions + 2; i++)
        {
            CSharpCompilation compilation = Compile(network);
            compilation = compilation.WithOptions(compilation.Options.WithOptimizationLevel(OptimizationLevel.Release));
            long start = Stopwatch.GetTimestamp();
            TimeSpan processorStart = Environment.CpuUsage.TotalTime;
            Driver().RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out ImmutableArray<Diagnostic> faults);
            using MemoryStream assembly = new();
            EmitResult result = updated.Emit(assembly);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            processors.Add((Environment.CpuUsage.TotalTime - processorStart).TotalMilliseconds);
            if (faults.Concat(result.Diagnostics).FirstOrDefault(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) is { } error)
                throw new InvalidOperationException($"{name} does not compile: {error}");
        }

        return [new Measurement(name, times[2..]), new Measurement($"{name}, processor time", processors[2..])];
    }

    /// <summary>The generated files, one by one.</summary>
    public static IEnumerable<GeneratedText> Texts(string network) => Run(Driver(), Compile(network)).Driver.GetRunResult().GeneratedTrees.Select(GeneratedText.Of);

    /// <summary>All generated files together.</summary>
    public static GeneratedText Text(string name, string network)
    {
        GeneratedText[] files = [.. Texts(network)];
        return new GeneratedText(name, files.Sum(static file => file.Tokens), files.Sum(static file => file.Characters));
    }

    private static (GeneratorDriver Driver, double Milliseconds) Run(GeneratorDriver driver, CSharpCompilation compilation)
    {
        long start = Stopwatch.GetTimestamp();
        driver = driver.RunGenerators(compilation);
        return (driver, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    private static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(new NetworkGenerator());

    public static CSharpCompilation Compile(string network) => CSharpCompilation.Create(
        "User",
        [CSharpSyntaxTree.ParseText(network, path: "Network.cs"), CSharpSyntaxTree.ParseText(Declarations.Other, path: "Other.cs")],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
}
