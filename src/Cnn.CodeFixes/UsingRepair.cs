using Cnn.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.CodeFixes;

/// <summary>Adds a using directive behind those of the file.</summary>
internal static class UsingRepair
{
    public static SyntaxNode? Apply(SyntaxNode root, Repair repair)
    {
        if (root is not CompilationUnitSyntax unit || unit.Usings.Any(directive => directive.Name?.ToString() == repair.Value))
            return null;
        UsingDirectiveSyntax added = SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(repair.Value))
            .WithUsingKeyword(SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space))
            .WithTrailingTrivia(LineEnd(root));
        if (unit.Usings.Count > 0)
            return unit.AddUsings(added);

        // What stands at the top of the file, such as its licence, stays there.
        SyntaxToken first = unit.GetFirstToken();
        return unit.ReplaceToken(first, first.WithLeadingTrivia(LineEnd(root))).AddUsings(added.WithLeadingTrivia(first.LeadingTrivia));
    }

    private static SyntaxTrivia LineEnd(SyntaxNode root) =>
        root.DescendantTrivia().FirstOrDefault(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is var end && end.IsKind(SyntaxKind.EndOfLineTrivia)
            ? end
            : SyntaxFactory.LineFeed;
}
