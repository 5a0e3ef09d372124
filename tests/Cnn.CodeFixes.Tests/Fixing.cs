using System.Collections.Immutable;
using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.CodeFixes.Tests;

/// <summary>Applies code fixes as an editor does.</summary>
internal static class Fixing
{
    private static readonly RepairCodeFixProvider Provider = new();

    /// <summary>The titles of what is offered for the first diagnostic of an id.</summary>
    public static async Task<IEnumerable<string>> Offered(string id, string source)
    {
        using AdhocWorkspace workspace = new();
        Document document = AddTo(workspace, source);
        return (await Actions(document, (await Find(document, id))[0])).Select(action => action.Title);
    }

    /// <summary>The fix turns one source into the other, and leaves no diagnostic of the id and nothing new behind.</summary>
    public static async Task Turns(string id, string title, string before, string after, bool withoutUsings = false)
    {
        using AdhocWorkspace workspace = new();
        Document document = AddTo(workspace, before, withoutUsings);
        CodeAction action = (await Actions(document, (await Find(document, id))[0])).Single(action => action.Title == title);
        await Check(id, after, await Changed(document, action));
    }

    /// <summary>The same at every place at once, by the first action of the first place.</summary>
    public static async Task TurnsAll(string id, string before, string after)
    {
        using AdhocWorkspace workspace = new();
        Document document = AddTo(workspace, before);
        ImmutableArray<Diagnostic> all = await Find(document, id);
        Assert.True(all.Length > 1);
        string? key = (await Actions(document, all[0]))[0].EquivalenceKey;
        FixAllContext context = new(document, Provider, FixAllScope.Document, key, [id], new Known(all), TestContext.Current.CancellationToken);
        CodeAction? action = await Provider.GetFixAllProvider().GetFixAsync(context);
        await Check(id, after, await Changed(document, action!));
    }

    /// <summary>
    /// The same as <c>dotnet format analyzers</c> does it: of the whole solution, by the first action that the first place is offered, if it is
    /// offered one.
    /// </summary>
    public static async Task IsFormatted(string id, string before, string after)
    {
        using AdhocWorkspace workspace = new();
        Document document = AddTo(workspace, before);
        ImmutableArray<Diagnostic> all = await Find(document, id);
        Assert.Contains(FixAllScope.Solution, Provider.GetFixAllProvider().GetSupportedFixAllScopes());
        string? key = (await Actions(document, all[0])).FirstOrDefault()?.EquivalenceKey;
        FixAllContext context = new(document, Provider, FixAllScope.Solution, key, [id], new Known(all), TestContext.Current.CancellationToken);
        CodeAction? action = await Provider.GetFixAllProvider().GetFixAsync(context);
        Assert.Equal(after, (await (await Changed(document, action!)).GetTextAsync(TestContext.Current.CancellationToken)).ToString());
    }

    private static Document AddTo(AdhocWorkspace workspace, string source, bool withoutUsings = false)
    {
        CSharpCompilation like = withoutUsings ? Compiling.SourcesAlone(source) : Compiling.Sources(source);
        Project project = workspace.AddProject("User", LanguageNames.CSharp)
            .WithCompilationOptions(like.Options)
            .WithMetadataReferences(like.References);
        foreach (SyntaxTree tree in like.SyntaxTrees)
            project = project.AddDocument(tree.FilePath, tree.GetText(TestContext.Current.CancellationToken), filePath: tree.FilePath).Project;
        return project.Documents.Single(document => document.Name == "Network0.cs");
    }

    private static async Task<ImmutableArray<Diagnostic>> Find(Document document, string id) =>
        [.. (await Run(document)).Where(diagnostic => diagnostic.Id == id)];

    private static async Task<ImmutableArray<Diagnostic>> Run(Document document) =>
        await Analyzing.Run((CSharpCompilation)(await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken))!);

    private static async Task<List<CodeAction>> Actions(Document document, Diagnostic diagnostic)
    {
        List<CodeAction> actions = [];
        await Provider.RegisterCodeFixesAsync(
            new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        return actions;
    }

    private static async Task<Document> Changed(Document document, CodeAction action)
    {
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        return Assert.Single(operations.OfType<ApplyChangesOperation>()).ChangedSolution.GetDocument(document.Id)!;
    }

    private static async Task Check(string id, string after, Document mended)
    {
        Assert.Equal(after, (await mended.GetTextAsync(TestContext.Current.CancellationToken)).ToString());
        Assert.Empty((await Run(mended)).Where(diagnostic => diagnostic.Id == id || diagnostic.Severity == DiagnosticSeverity.Error));
    }

    /// <summary>What was found already.</summary>
    private sealed class Known(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(document.Name == "Network0.cs" ? diagnostics : []);

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
