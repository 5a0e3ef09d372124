using System.Collections.Immutable;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Cnn.CodeFixes;

/// <summary>Applies repairs everywhere at once.</summary>
/// <remarks>
/// <c>dotnet format</c> asks for what the first diagnostic of an id is offered; where that is nothing, it asks for no repair in particular, and gets
/// the likeliest of each place. One repair changes what lies around another (an outer class is made partial for several networks), so that they are
/// made one after the other in one tree.
/// </remarks>
internal sealed class RepairFixAllProvider : DocumentBasedFixAllProvider
{
    public static RepairFixAllProvider Instance { get; } = new();

    protected override async Task<Document?> FixAllAsync(FixAllContext fixAllContext, Document document, ImmutableArray<Diagnostic> diagnostics)
    {
        if (await document.GetSyntaxRootAsync(fixAllContext.CancellationToken).ConfigureAwait(false) is not { } root)
            return null;
        List<(SyntaxAnnotation Place, Repair Repair)> repairs = [];
        Dictionary<SyntaxNode, SyntaxAnnotation> places = [];
        foreach (Diagnostic diagnostic in diagnostics)
        {
            // A block that several networks use is blamed for each of them.
            SyntaxNode blamed = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (places.ContainsKey(blamed) || Choose(diagnostic, fixAllContext.CodeActionEquivalenceKey) is not { } repair)
                continue;
            places.Add(blamed, new SyntaxAnnotation());
            repairs.Add((places[blamed], repair));
        }

        root = root.ReplaceNodes(places.Keys, (original, current) => current.WithAdditionalAnnotations(places[original]));
        foreach ((SyntaxAnnotation place, Repair repair) in repairs)
        {
            if (root.GetAnnotatedNodes(place).FirstOrDefault() is { } blamed)
                root = RepairApplication.Apply(root, blamed, repair) ?? root;
        }

        return document.WithSyntaxRoot(root);
    }

    private static Repair? Choose(Diagnostic diagnostic, string? key) =>
        RepairProperties.Read(diagnostic.Properties).FirstOrDefault(repair => key is null || RepairApplication.Key(repair) == key);
}
