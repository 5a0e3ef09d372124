using System.Collections.Immutable;
using System.Reflection;
using Basic.Reference.Assemblies;
using Cnn.Generator;
using Cnn.Property.Tests.Oracle;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Property.Tests.Compiling;

/// <summary>Compiles declarations with the generator, all of them at once and in memory, and loads the result.</summary>
internal static class NetworkCompiler
{
    private static readonly MetadataReference[] References =
        [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(NetworkAttribute).Assembly.Location)];

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    /// <param name="descriptions">The networks.</param>
    /// <param name="winogradTraining">Whether trainers may compute convolutions by Winograd's tiles.</param>
    /// <returns>One function a description that makes the network.</returns>
    public static IReadOnlyList<Func<INetwork>> Compile(IReadOnlyList<NetworkDescription> descriptions, bool winogradTraining = true)
    {
        TracingOptions options = new(winogradTraining);
        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: ParseOptions, optionsProvider: options)
            .RunGeneratorsAndUpdateCompilation(Declare(descriptions), out Compilation complete, out ImmutableArray<Diagnostic> faults);
        using MemoryStream image = new();
        Diagnostic[] errors = [.. faults.Concat(complete.Emit(image).Diagnostics).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        if (errors.Length > 0)
            Assert.Fail(string.Join('\n', errors.Take(10).Select(error => Describe(error, descriptions))));
        Assembly assembly = Assembly.Load(image.ToArray());
        return [.. descriptions.Select((_, index) => Maker(assembly.GetType(ClassName(index), throwOnError: true)!))];
    }

    /// <summary>What a user would have written, one file a network.</summary>
    public static CSharpCompilation Declare(IReadOnlyList<NetworkDescription> descriptions) => CSharpCompilation.Create(
        "Networks",
        descriptions.Select((description, index) =>
            CSharpSyntaxTree.ParseText($"using Cnn;\nnamespace {Namespace(index)};\n{description}", ParseOptions, $"{Namespace(index)}.cs")),
        References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, checkOverflow: true,
            nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>Of the network at a place in the list. Each has a namespace of its own, with its blocks.</summary>
    public static string ClassName(int index) => Namespace(index) + ".Net";

    private static string Namespace(int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Network{index}");

    private static Func<INetwork> Maker(Type type) => () => (INetwork)Activator.CreateInstance(type, 0)!;

    /// <summary>The error and the declaration whose file, or whose generated file, has it.</summary>
    private static string Describe(Diagnostic error, IReadOnlyList<NetworkDescription> descriptions)
    {
        string file = Path.GetFileName(error.Location.SourceTree?.FilePath ?? "");
        int index = Enumerable.Range(0, descriptions.Count)
            .FirstOrDefault(candidate => file.StartsWith(Namespace(candidate) + ".", StringComparison.Ordinal), -1);
        return $"{error}\n{(index < 0 ? "" : descriptions[index])}";
    }
}
