using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Tests.Harness;

/// <summary>Runs the generator as a compiler does.</summary>
internal static class Generating
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    /// <summary>The generated files of a user's sources, by the last part of their names, as <c>LeNet.Layers.g.cs</c>.</summary>
    public static ImmutableDictionary<string, string> Files(params string[] sources) => Result(sources).GeneratedTrees
        .ToImmutableDictionary(tree => Path.GetFileName(tree.FilePath), tree => tree.ToString(), StringComparer.Ordinal);

    public static GeneratorDriverRunResult Result(params string[] sources)
        => Driver().RunGenerators(Compiling.Sources(sources), TestContext.Current.CancellationToken).GetRunResult();

    /// <summary>A driver that remembers what ran.</summary>
    public static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new NetworkGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>The tree of a generated file with documentation comments that are checked.</summary>
    public static SyntaxTree Parse(string text, string path) =>
        CSharpSyntaxTree.ParseText(text, ParseOptions, path, cancellationToken: TestContext.Current.CancellationToken);
}
