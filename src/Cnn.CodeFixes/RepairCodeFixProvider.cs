using System.Collections.Immutable;
using System.Composition;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Cnn.CodeFixes;

/// <summary>Offers the repairs that a diagnostic brings with it. What they are was found together with the fault; nothing is guessed here.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RepairCodeFixProvider))]
[Shared]
public sealed class RepairCodeFixProvider : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [.. FaultCatalog.All.Select(static fault => fault.Id)];

    public override FixAllProvider GetFixAllProvider() => RepairFixAllProvider.Instance;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            foreach (Repair repair in RepairProperties.Read(diagnostic.Properties))
            {
                SyntaxNode? blamed = root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
                if (blamed is null || RepairApplication.Apply(root!, blamed, repair) is not { } mended)
                    continue;
                Document document = context.Document.WithSyntaxRoot(mended);
                CodeAction action = CodeAction.Create(RepairApplication.Title(repair), _ => Task.FromResult(document), RepairApplication.Key(repair));
                context.RegisterCodeFix(action, diagnostic);
            }
        }
    }
}
