using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Architecture.Tests.Support;

/// <summary>Which folders of a project use which: every name in its source, traced to the file that declares what it means.</summary>
/// <remarks>Compiled from source, because compiled assemblies do not know folders, and reflection does not see into methods.</remarks>
internal sealed class Rooms
{
    private readonly List<Use> _uses = [];

    private Rooms()
    {
    }

    /// <summary>One file that uses something of another room.</summary>
    /// <param name="File">From the root of the repository.</param>
    /// <param name="From">The first folder below the project; empty for files in the project itself.</param>
    /// <param name="To">The same of what it uses, or <c>Microsoft.CodeAnalysis</c>.</param>
    /// <param name="Name">What it uses.</param>
    public sealed record Use(string File, string From, string To, string Name);

    public IReadOnlyList<Use> Uses => _uses;

    /// <summary>All rooms that have a file.</summary>
    public required IReadOnlyList<string> All { get; init; }

    /// <param name="project">The project's folder from the root, as <c>src/Cnn.Runtime</c>.</param>
    /// <param name="inside">A folder of it whose own folders are the rooms; null for the project's.</param>
    public static Rooms Of(string project, string? inside = null)
    {
        string house = inside is null ? project : $"{project}/{inside}";
        IReadOnlyList<string> files = Repository.Files(project, "*.cs");
        SyntaxTree[] trees = [.. files.Select(file => CSharpSyntaxTree.ParseText(Repository.Read(file), path: file))];
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Rooms",
            [.. trees, CSharpSyntaxTree.ParseText(ImplicitUsings)],
            References(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(5));
        Rooms rooms =
            new() { All = [.. files.Where(file => IsBelow(file, house)).Select(file => RoomOf(file, house)).Distinct().Order(StringComparer.Ordinal)] };
        foreach (SyntaxTree tree in trees.Where(tree => IsBelow(tree.FilePath, house)))
            rooms.Collect(compilation.GetSemanticModel(tree), tree, house);
        return rooms;
    }

    /// <summary>The uses that a table of what each room may use does not list, as lines to read.</summary>
    public IEnumerable<string> Outside(IReadOnlyDictionary<string, string[]> allowed) => _uses
        .Where(use => !allowed[use.From].Contains(use.To))
        .Select(use => $"{use.File} uses {use.Name} of {use.To}: {(use.From.Length == 0 ? "the project's root" : use.From)} may use {Text(allowed[use.From])}")
        .Distinct();

    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading;";

    private static string Text(string[] rooms) => rooms.Length == 0 ? "nothing" : string.Join(", ", rooms);

    private void Collect(SemanticModel model, SyntaxTree tree, string house)
    {
        string from = RoomOf(tree.FilePath, house);
        foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
        {
            if (node is not (SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax) || model.GetSymbolInfo(node).Symbol is not { } symbol)
                continue;
            INamedTypeSymbol? type = symbol as INamedTypeSymbol ?? symbol.ContainingType;
            if (type is null)
                continue;
            string? to = type.DeclaringSyntaxReferences.FirstOrDefault() is not { } declaration ? IsRoslyn(type) ? Roslyn : null
                : IsBelow(declaration.SyntaxTree.FilePath, house) ? RoomOf(declaration.SyntaxTree.FilePath, house)
                : null;
            if (to is not null && to != from)
                _uses.Add(new Use(tree.FilePath, from, to, type.Name));
        }
    }

    public const string Roslyn = "Microsoft.CodeAnalysis";

    private static bool IsRoslyn(INamedTypeSymbol type) => type.ContainingNamespace.ToDisplayString().StartsWith(Roslyn, StringComparison.Ordinal);

    private static bool IsBelow(string file, string house) => file.StartsWith(house + "/", StringComparison.Ordinal);

    private static string RoomOf(string file, string house)
    {
        string inner = file[(house.Length + 1)..];
        int slash = inner.IndexOf('/');
        return slash < 0 ? "" : inner[..slash];
    }

    /// <summary>What the tests run on, without the projects themselves, which are compiled from source.</summary>
    private static IEnumerable<MetadataReference> References() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => !Path.GetFileName(path).StartsWith("Cnn.", StringComparison.Ordinal))
        .Select(path => MetadataReference.CreateFromFile(path));
}
