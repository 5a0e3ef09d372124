using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Basic.Reference.Assemblies;
using Cnn.Architecture.Tests.Support;
using Cnn.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Architecture.Tests;

/// <summary>What the README shows is what happens.</summary>
public sealed partial class ReadmeTests
{
    private const string ErrorMark = "<!-- error:";

    [Fact]
    public void The_error_is_the_one_that_the_compiler_gives()
    {
        string readme = Repository.Read("README.md");
        Match sample = Sample().Match(readme, readme.IndexOf(ErrorMark, StringComparison.Ordinal));
        Assert.True(sample.Success, "README.md has a declaration and its error behind the mark");
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Readme",
            [CSharpSyntaxTree.ParseText("using Cnn;\n#line 1\n" + sample.Groups["code"].Value, path: "LeNet.cs",
                cancellationToken: TestContext.Current.CancellationToken)],
            [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(LayerAttribute).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        CSharpGeneratorDriver.Create(new NetworkGenerator())
            .RunGeneratorsAndUpdateCompilation(compilation, out _, out ImmutableArray<Diagnostic> found, TestContext.Current.CancellationToken);
        Assert.Equal(sample.Groups["error"].Value, string.Join('\n', found.Select(Line)));
    }

    [Fact]
    public void Links_lead_to_files() =>
        Nothing.In(Repository.Files("", "*.md").SelectMany(file => Link().Matches(Repository.Read(file))
            .Select(link => link.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal))
            .Where(target => !Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(file)!, target)))
            .Select(target => $"{file}: there is no {target}")));

    private static string Line(Diagnostic diagnostic)
    {
        FileLinePositionSpan span = diagnostic.Location.GetMappedLineSpan();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"LeNet.cs({span.StartLinePosition.Line + 1},{span.StartLinePosition.Character + 1}): error {diagnostic.Id}: "
            + $"{diagnostic.GetMessage(CultureInfo.InvariantCulture)}");
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)```\n+```text\n(?<error>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Sample();

    [GeneratedRegex(@"\]\(([^)#\s]+)\)")]
    private static partial Regex Link();
}
