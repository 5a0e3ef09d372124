using System.Collections.Immutable;
using Cnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Cnn.Generator.Tests.Harness;

/// <summary>Runs the analyzer as a compiler does.</summary>
internal static class Analyzing
{
    public static async Task<ImmutableArray<Diagnostic>> Run(CSharpCompilation compilation)
    {
        ImmutableArray<Diagnostic> found = await compilation
            .WithAnalyzers([new NetworkAnalyzer()])
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return
        [
            .. found
                .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start),
        ];
    }

    /// <summary>Exactly the marked diagnostics, with exactly these messages, in source that otherwise compiles.</summary>
    public static async Task Shows(string markup, params string[] messages)
    {
        Markup parsed = Markup.Parse(markup);
        CSharpCompilation compilation = Compiling.Sources(parsed.Source);
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        ImmutableArray<Diagnostic> found = await Run(compilation);
        Assert.Equal(
            parsed.Expected.Select(expected => Describe(parsed.Source, expected.Id, expected.Span)),
            found.Select(diagnostic => Describe(parsed.Source, diagnostic.Id, diagnostic.Location.SourceSpan)));
        Assert.Equal(messages, found.Select(diagnostic => diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)));
    }

    public static Task ShowsNothing(string source) => Shows(source);

    private static string Describe(string source, string id, TextSpan span) => $"{id} {span}: {source.Substring(span.Start, span.Length)}";
}
