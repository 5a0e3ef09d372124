using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Cnn.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Tool.Compiling;

/// <summary>Compiles declarations in memory, with the generator, so that they can be run.</summary>
internal static class NetworkCompiler
{
    private static readonly Lazy<MetadataReference[]> References = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(INetwork).Assembly.Location),
    ]);

    private static readonly SyntaxTree Usings = CSharpSyntaxTree.ParseText(
        "global using System; global using System.IO; global using System.Linq; global using System.Collections.Generic; global using Cnn;", path: "Usings.cs");

    /// <summary>Compiles files that declare networks.</summary>
    /// <param name="sources">Path, for messages, and text.</param>
    /// <param name="properties">Of a project, that the generator reads: <c>CnnStepTimes</c>. Default: none.</param>
    /// <returns>The assembly, loaded.</returns>
    /// <exception cref="CompilationException">The files do not compile; the message has the compiler's errors.</exception>
    public static Assembly Compile(IEnumerable<(string Path, string Text)> sources, ProjectProperties? properties = null)
    {
        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], optionsProvider: properties).RunGeneratorsAndUpdateCompilation(
            Declarations(sources), out Compilation generated, out ImmutableArray<Diagnostic> faults);
        Refuse(faults);
        using MemoryStream image = new();
        Refuse(generated.Emit(image).Diagnostics);
        image.Position = 0;
        return new AssemblyLoadContext("networks", isCollectible: true).LoadFromStream(image);
    }

    private static void Refuse(ImmutableArray<Diagnostic> diagnostics)
    {
        string[] errors =
        [
            .. diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .Select(diagnostic => diagnostic.ToString()).Distinct().Take(20),
        ];
        if (errors.Length > 0)
            throw new CompilationException($"The declaration does not compile:\n  {string.Join("\n  ", errors)}");
    }

    /// <summary>The files as they are written, before the generator adds to them.</summary>
    public static CSharpCompilation Declarations(IEnumerable<(string Path, string Text)> sources) => CSharpCompilation.Create(
        "Networks_" + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture),
        [Usings, .. sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, path: source.Path))],
        References.Value,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release,
            nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>The networks of an assembly, by name.</summary>
    public static IReadOnlyDictionary<string, Type> Networks(Assembly assembly) => assembly.GetTypes()
        .Where(type => type.IsAssignableTo(typeof(INetwork)) && !type.IsAbstract)
        .ToDictionary(type => type.FullName!, StringComparer.Ordinal);

    /// <summary>A new network, or one with weights.</summary>
    public static INetwork Create(Type type, Stream? weights)
    {
        try
        {
            return (INetwork)(weights is null
                ? Activator.CreateInstance(type, 0)!
                : type.GetMethod("Load", [typeof(Stream)])!.Invoke(null, [weights])!);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is WeightsException inner)
        {
            throw inner;
        }
    }
}
