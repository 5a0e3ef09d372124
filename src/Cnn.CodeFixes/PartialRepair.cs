using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.CodeFixes;

/// <summary>Makes a class and all types around it partial.</summary>
internal static class PartialRepair
{
    public static SyntaxNode? Apply(SyntaxNode root, SyntaxNode blamed)
    {
        List<TypeDeclarationSyntax> closed =
        [
            .. blamed.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().Where(static type => !type.Modifiers.Any(SyntaxKind.PartialKeyword)),
        ];
        return closed.Count == 0 ? null : root.ReplaceNodes(closed, static (_, type) => AddPartial(type));
    }

    /// <summary>The modifier has to be the last one. Comments and line ends before the first word of the declaration stay in front.</summary>
    private static TypeDeclarationSyntax AddPartial(TypeDeclarationSyntax type)
    {
        SyntaxToken partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        if (type.Modifiers.Count > 0)
            return type.AddModifiers(partial);
        partial = partial.WithLeadingTrivia(type.Keyword.LeadingTrivia);
        return type.WithKeyword(type.Keyword.WithLeadingTrivia()).AddModifiers(partial);
    }
}
