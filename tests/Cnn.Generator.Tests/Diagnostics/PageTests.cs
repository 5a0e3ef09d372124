using System.Text.RegularExpressions;
using Cnn.Generator.Model;
using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Tests.Diagnostics;

/// <summary>What docs/diagnostics shows is what happens.</summary>
public sealed partial class PageTests
{
    public static TheoryData<string> Ids => [.. FaultCatalog.All.Select(fault => fault.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_pages_failing_sample_gives_the_diagnostic_and_its_mended_sample_gives_none(string id)
    {
        string page = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Pages", id + ".md"), TestContext.Current.CancellationToken);
        FaultDescription description = FaultCatalog.Find(id);
        Assert.StartsWith($"# {id}: {description.Title}\n", page, StringComparison.Ordinal);
        string[] samples = [.. Samples().Matches(page).Select(match => match.Groups[1].Value)];
        Assert.Equal(2, samples.Length);

        CSharpCompilation failing = Compiling.Sources(samples[0]);
        Assert.Equal(description.IsReportedByCompiler, Errors(failing).Any());
        Assert.Equal(description.IsReportedByCompiler ? [] : [id], (await Analyzing.Run(failing)).Select(diagnostic => diagnostic.Id));

        CSharpCompilation mended = Compiling.Sources(samples[1]);
        Assert.Empty(Errors(mended));
        Assert.Empty(await Analyzing.Run(mended));
    }

    [Fact]
    public void There_is_no_page_of_a_diagnostic_that_does_not_exist() =>
        Assert.Equal(
            FaultCatalog.All.Select(fault => fault.Id),
            Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Pages"), "CNN*.md")
                .Select(Path.GetFileNameWithoutExtension)
                .Order(StringComparer.Ordinal));

    private static IEnumerable<Diagnostic> Errors(CSharpCompilation compilation) =>
        compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Samples();
}
