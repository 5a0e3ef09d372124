using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Cnn.Generator.Model;
using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Tests.Diagnostics;

/// <summary>What docs/diagnostics shows is what happens.</summary>
public sealed partial class PageTests
{
    /// <summary>What is off by default has nothing that would be mended.</summary>
    public static TheoryData<string> Ids => [.. FaultCatalog.All.Where(fault => fault.IsEnabledByDefault).Select(fault => fault.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_pages_failing_sample_gives_the_diagnostic_and_its_mended_sample_gives_none(string id)
    {
        string page = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Pages", id + ".md"), TestContext.Current.CancellationToken);
        FaultDescription description = FaultCatalog.Find(id);
        Assert.StartsWith($"# {id}: {description.Title}\n", page, StringComparison.Ordinal);
        string[] samples = [.. Samples().Matches(page).Select(match => match.Groups[1].Value)];
        Assert.Equal(2, samples.Length);
        string[] weights = [.. Weights().Matches(page).Select(match => match.Groups[1].Value)];
        string[] libraries = [.. Libraries().Matches(page).Select(match => match.Groups[1].Value)];

        // A diagnostic is all that is said about a mistake, but for what the compiler says of the same words.
        string[] compilers = id switch
        {
            FaultIds.NotPartial or FaultIds.ContainerNotPartial => ["CS0260"],
            FaultIds.HidesAbstractMember => ["CS0534"],
            FaultIds.Unreadable => ["CS1503"],
            FaultIds.UnknownAttribute or FaultIds.MissingUsing => ["CS0246"],
            _ => [],
        };
        string[] languages = [.. Languages().Matches(page).Select(match => match.Groups[1].Value)];
        IEnumerable<string> found = await Found(samples[0], libraries, weights.FirstOrDefault(), languages.FirstOrDefault(), id);
        Assert.Equal(description.IsReportedByCompiler ? compilers : [id, .. compilers], found);
        Assert.Empty(await Found(samples[1], libraries, weights.LastOrDefault(), languages.LastOrDefault(), id));
    }

    /// <summary>
    /// All that an editor with the generator and the analyzers says: what the page is about, and whatever is more than information. A build says the same
    /// errors in the same places, by the generator.
    /// </summary>
    private static async Task<IEnumerable<string>> Found(string source, string[] libraries, string? weights, string? language, string id)
    {
        ProjectFiles project = weights is null ? ProjectFiles.None : ProjectFiles.None.With(Network().Match(weights).Groups[1].Value, weights);
        CSharpCompilation written = (id == FaultIds.MissingUsing ? Compiling.SourcesAlone(source) : Compiling.Sources(source)).WithLibraries(libraries);
        if (LanguageVersionFacts.TryParse(language, out LanguageVersion version) && language is not null)
            written = written.As(version);
        CSharpCompilation compilation = Analyzing.Generated(written, project, out ImmutableArray<Diagnostic> silent);
        Assert.Empty(silent);
        ImmutableArray<Diagnostic> shown = await Analyzing.Run(compilation, project);
        Analyzing.Generated(written, project.InBuild(), out ImmutableArray<Diagnostic> built);
        Assert.Equal(Texts(shown.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)), Texts(built));
        Assert.DoesNotContain(await Analyzing.Run(compilation, project.InBuild()), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return shown.Concat(compilation.GetDiagnostics(TestContext.Current.CancellationToken))
            .Where(diagnostic => diagnostic.Id == id || diagnostic.Severity >= DiagnosticSeverity.Warning)
            .Select(diagnostic => diagnostic.Id).Distinct();
    }

    private static IEnumerable<string> Texts(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics.Select(diagnostic => diagnostic.ToString()).Order(StringComparer.Ordinal);

    [Fact]
    public void There_is_no_page_of_a_diagnostic_that_does_not_exist() =>
        Assert.Equal(
            FaultCatalog.All.Select(fault => fault.Id),
            Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Pages"), "CNN*.md")
                .Select(Path.GetFileNameWithoutExtension)
                .Order(StringComparer.Ordinal));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Samples();

    /// <summary>What a weights file of the sample has, as the build tells the compiler, with the network that the project file gives it to.</summary>
    [GeneratedRegex("```text weights\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Weights();

    [GeneratedRegex("^network (.*)$", RegexOptions.Multiline)]
    private static partial Regex Network();

    /// <summary>What the project file of a sample says.</summary>
    [GeneratedRegex("<LangVersion>(.*)</LangVersion>")]
    private static partial Regex Languages();

    [GeneratedRegex("```csharp library\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Libraries();
}
