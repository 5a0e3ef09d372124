using System.Collections.Immutable;
using System.Composition;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace Cnn.CodeFixes;

/// <summary>Offers the repairs that a diagnostic brings with it. What they are was found together with the fault; nothing is guessed here.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RepairCodeFixProvider))]
[Shared]
public sealed class RepairCodeFixProvider : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [.. FaultCatalog.All.Select(static fault => fault.Id)];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            foreach (Repair repair in RepairProperties.Read(diagnostic.Properties))
            {
                if (await Apply(context.Document, diagnostic.Location.SourceSpan, repair, context.CancellationToken).ConfigureAwait(false) is not { } mended)
                    continue;
                context.RegisterCodeFix(CodeAction.Create(Title(repair), _ => Task.FromResult(mended), equivalenceKey: Key(repair)), diagnostic);
            }
        }
    }

    /// <summary>The document after the repair, or null where the blamed text is not of the form that it needs.</summary>
    private static async Task<Document?> Apply(Document document, TextSpan blamed, Repair repair, CancellationToken cancellation)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null)
            return null;
        SyntaxNode node = root.FindNode(blamed, getInnermostNodeForTie: true);
        SyntaxNode? mended = repair.Kind switch
        {
            RepairKind.MakePartial => PartialRepair.Apply(root, node),
            RepairKind.SetProperty => PropertyRepair.Apply(root, node, repair),
            RepairKind.InsertLayer => InsertionRepair.Apply(root, node, repair),
            RepairKind.ReplaceValue => ValueRepair.Apply(root, node, repair),
            _ => null,
        };
        return mended is null ? null : document.WithSyntaxRoot(mended);
    }

    private static string Title(Repair repair) => repair.Kind switch
    {
        RepairKind.MakePartial => "Make partial",
        RepairKind.SetProperty => $"Set {repair.Target} = {repair.Value}",
        RepairKind.InsertLayer => $"Insert [{repair.Value}] before it",
        _ => $"Change to {repair.Value}",
    };

    /// <summary>Repairs of one kind are applied together, whatever the values: each place gets its own.</summary>
    private static string Key(Repair repair) => repair.Kind == RepairKind.InsertLayer ? repair.Kind + repair.Value : repair.Kind + repair.Target;
}
