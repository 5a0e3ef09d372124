using System.Reflection;
using System.Text.RegularExpressions;
using Cnn.Generator.Tests.Harness;
using Cnn.Imaging;
using Cnn.Serving;
using Cnn.Training;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Cnn.Generator.Tests.Documentation;

/// <summary>What a page of docs/tasks shows, and what docs/ports.md does, is a program: all samples of a page together compile and run.</summary>
public sealed partial class TaskPageTests
{
    private const int LongestPage = 60;

    /// <summary>A type of each package that pages use.</summary>
    private static readonly Type[] Packages =
    [
        typeof(FitOptions), typeof(Picture), typeof(PredictorPoolOptions), typeof(IServiceCollection), typeof(ServiceProvider), typeof(HealthCheckService),
        typeof(IHealthCheck), typeof(ILogger),
    ];

    public static TheoryData<string> Pages => [.. Directory.GetFiles(Folder, "*.md").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Tasks");

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_samples_of_a_page_are_a_program_that_runs(string page)
    {
        string text = await File.ReadAllTextAsync(Path.Combine(Folder, page), TestContext.Current.CancellationToken);
        string[] samples = [.. Samples().Matches(text).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(samples);
        Assert.InRange(samples.Sum(sample => sample.Split('\n').Length - 1), 1, LongestPage);

        CSharpCompilation written = Compiling.Sources(Program(samples))
            .AddReferences(Packages.Select(type => MetadataReference.CreateFromFile(type.Assembly.Location)));
        CSharpCompilation compilation = Analyzing.Generated(written.WithOptions(written.Options.WithOutputKind(OutputKind.ConsoleApplication)));
        Assert.DoesNotContain(
            (await Analyzing.Run(compilation)).Concat(compilation.GetDiagnostics(TestContext.Current.CancellationToken)),
            diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);

        using MemoryStream image = new();
        Assert.True(compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        Assembly.Load(image.ToArray()).EntryPoint!.Invoke(null, [Array.Empty<string>()]);
    }

    /// <summary>
    /// Usings first, with those that projects have anyhow, then statements, in the order of the page, and then types, as a program has to have them.
    /// </summary>
    private static string Program(string[] samples)
    {
        CompilationUnitSyntax[] units = [.. samples.Select(sample => CSharpSyntaxTree.ParseText(sample).GetCompilationUnitRoot())];
        IEnumerable<MemberDeclarationSyntax> members = units.SelectMany(unit => unit.Members).OrderBy(member => member is not GlobalStatementSyntax);
        IEnumerable<SyntaxNode> usings = units.SelectMany(unit => unit.Usings);
        return "using System.Collections.Generic; using System.Linq;\n" + string.Concat(usings.Concat(members).Select(node => node.ToFullString()));
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Samples();
}
