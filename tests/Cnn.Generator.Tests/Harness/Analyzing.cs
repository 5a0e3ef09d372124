using System.Collections.Immutable;
using Cnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Cnn.Generator.Tests.Harness;

/// <summary>Runs the analyzers, as an editor does where no project says otherwise.</summary>
internal static class Analyzing
{
    public static async Task<ImmutableArray<Diagnostic>> Run(CSharpCompilation compilation, ProjectFiles? project = null)
    {
        ImmutableArray<Diagnostic> found = await compilation
            .WithAnalyzers([new NetworkAnalyzer(), new DoubledActivationAnalyzer(), new UndisposedRunAnalyzer(), new UnclaimedWeightsAnalyzer()],
                (project ?? ProjectFiles.None).Options)
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return
        [
            .. found
                .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start),
        ];
    }

    /// <summary>
    /// Exactly the marked diagnostics, with exactly these messages, in source that otherwise compiles. What is marked nowhere and is mere information does
    /// not count: most small networks leave an edge of their input out, or see little of it.
    /// </summary>
    public static Task Shows(string markup, params string[] messages)
    {
        HashSet<string> marked = [.. Markup.Parse(markup).Expected.Select(expected => expected.Id)];
        return Show(
            markup,
            static compilation => compilation,
            diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning || marked.Contains(diagnostic.Id),
            messages);
    }

    public static Task ShowsNothing(string source) => Shows(source);

    /// <summary>Not even information.</summary>
    public static Task ShowsNothingAtAll(string source) => Show(source, static compilation => compilation, static _ => true, []);

    /// <summary>Of the diagnostics with these ids, which are turned on for it, exactly the marked ones.</summary>
    public static Task ShowsAmong(string[] ids, string markup, params string[] messages) => Show(
        markup,
        compilation => compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(
            ids.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Info)))),
        diagnostic => ids.Contains(diagnostic.Id),
        messages);

    /// <summary>The same where a program uses its networks: what the generator adds is there.</summary>
    public static Task ShowsInUse(string markup, params string[] messages) => ShowsInUse(ProjectFiles.None, markup, messages);

    /// <summary>The same with weights files.</summary>
    public static Task ShowsInUse(ProjectFiles project, string markup, params string[] messages) =>
        Show(markup, compilation => Generated(compilation, project), static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning, messages, project);

    /// <summary>Of a declaration with weights files.</summary>
    public static Task ShowsWith(ProjectFiles project, string markup, params string[] messages) =>
        Show(markup, compilation => compilation, static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning, messages, project);

    /// <summary>Together with what the generator adds.</summary>
    public static CSharpCompilation Generated(CSharpCompilation compilation, ProjectFiles? project = null) =>
        Generated(compilation, project ?? ProjectFiles.None, out _);

    /// <summary>The same with what the generator reports.</summary>
    public static CSharpCompilation Generated(CSharpCompilation compilation, ProjectFiles project, out ImmutableArray<Diagnostic> reported)
    {
        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], project.Texts,
            (CSharpParseOptions)compilation.SyntaxTrees[0].Options, project)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out reported, TestContext.Current.CancellationToken);
        return (CSharpCompilation)updated;
    }

    private static async Task Show(
        string markup, Func<CSharpCompilation, CSharpCompilation> set, Func<Diagnostic, bool> isMeant, string[] messages, ProjectFiles? project = null)
    {
        Markup parsed = Markup.Parse(markup);
        CSharpCompilation compilation = set(Compiling.Sources(parsed.Source));
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Diagnostic[] found = [.. (await Run(compilation, project)).Where(isMeant)];
        Assert.Equal(
            parsed.Expected.Select(expected => Describe(parsed.Source, expected.Id, expected.Span)),
            found.Select(diagnostic => Describe(parsed.Source, diagnostic.Id, diagnostic.Location.SourceSpan)));
        Assert.Equal(messages, found.Select(diagnostic => diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static string Describe(string source, string id, TextSpan span) => $"{id} {span}: {source.Substring(span.Start, span.Length)}";
}
