using System.Collections.Immutable;
using System.Globalization;
using Cnn.Generator.Model;
using Cnn.Generator.Reading;
using Cnn.Generator.Shapes;
using Cnn.Generator.Shapes.Advice;
using Cnn.Generator.Tests.Harness;
using CsCheck;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Tests.Reading;

/// <summary>Declarations with things gone wrong in them: nothing throws, nothing depends on chance, and what is generated compiles.</summary>
public sealed class DeclarationFuzzTests
{
    /// <summary>One compilation each; the first of each is emitted and compiled too.</summary>
    private const int Batch = 200;

    /// <summary>Four thousand declarations; twenty thousand where there is time.</summary>
    private static readonly int Batches = LongRun.Of(all: 100, some: 20);

    [Fact]
    public void Thousands_of_mutated_declarations_are_read_and_shaped()
    {
        int seen = 0;
        int sound = 0;
        List<string> emitted = [];
        MutatedDeclaration.Any.Array[Batch].Sample(
            declarations =>
            {
                CSharpCompilation compilation = Compiling.Sources([.. declarations.Select((text, i) => Declare(text, i))]);
                for (int i = 0; i < declarations.Length; i++)
                {
                    seen++;
                    if (compilation.GetTypeByMetadataName($"N{i}.Net") is { } type && Examine(type))
                        sound++;
                }

                emitted.Add(declarations[0]);
            },
            iter: Batches,
            threads: 1);
        Assert.True(seen >= Batch * Batches);

        // A fuzz test that only makes rubbish, or none, tests little.
        Assert.InRange(sound, seen / 20, seen / 2);
        Assert.True(emitted.Count >= Batches);
        Compiles([.. emitted.Select((text, i) => Declare(text, i))]);
    }

    private static string Declare(string text, int index) => $"namespace N{index};\n{text}";

    /// <summary>Reads, infers and advises twice, with the same result; whether the network is sound.</summary>
    private static bool Examine(INamedTypeSymbol type)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        ShapeResult first = ShapeInference.Infer(NetworkReader.Read(type, token), token);
        ShapeResult second = ShapeInference.Infer(NetworkReader.Read(type, token), token);
        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
        foreach (Fault fault in first.Faults)
            Assert.NotEmpty(FaultCatalog.Message(fault));
        if (first.Network is null)
            return false;
        foreach (Fault advice in NetworkAdvice.Of(first.Network, first.Spec, token))
            Assert.NotEmpty(FaultCatalog.Message(advice));
        return true;
    }

    /// <summary>
    /// Twice the same text; and for a declaration in which the compiler alone finds no error, a generated file has none.
    /// </summary>
    private static void Compiles(string[] sources)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        CSharpCompilation compilation = Compiling.Sources(sources);
        GeneratorDriver driver = Generating.Driver()
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out ImmutableArray<Diagnostic> reported, token);
        Assert.DoesNotContain(reported, static diagnostic => !diagnostic.Id.StartsWith("CNN", StringComparison.Ordinal));
        ImmutableArray<SyntaxTree> trees = driver.GetRunResult().GeneratedTrees;
        Assert.Equal(trees.Select(tree => tree.ToString()),
            Generating.Driver().RunGenerators(compilation, token).GetRunResult().GeneratedTrees.Select(tree => tree.ToString()));

        HashSet<string> broken = [.. Errors(compilation)
            .Select(error => Path.GetFileNameWithoutExtension(error.Location.SourceTree!.FilePath)["Network".Length..])];
        HashSet<SyntaxTree> generated = [.. trees];
        foreach (Diagnostic error in Errors(updated).Where(error => generated.Contains(error.Location.SourceTree!)))
        {
            string number = Path.GetFileName(error.Location.SourceTree!.FilePath).Split('.')[0][1..];
            Assert.True(broken.Contains(number), $"{error} in what is generated for\n{sources[int.Parse(number, CultureInfo.InvariantCulture)]}");
        }
    }

    private static IEnumerable<Diagnostic> Errors(Compilation compilation) => compilation.GetDiagnostics(TestContext.Current.CancellationToken)
        .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Location.SourceTree is not null);
}
