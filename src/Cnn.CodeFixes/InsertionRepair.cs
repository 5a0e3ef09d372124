using Cnn.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.CodeFixes;

/// <summary>
/// Inserts a layer before the blamed one, as people write it: an activation behind the layer whose output it takes, anything else on a line of its
/// own.
/// </summary>
internal static class InsertionRepair
{
    public static SyntaxNode? Apply(SyntaxNode root, SyntaxNode blamed, Repair repair)
    {
        if (blamed.FirstAncestorOrSelf<AttributeSyntax>() is not { Parent: AttributeListSyntax list } attribute)
            return null;
        AttributeSyntax layer = SyntaxFactory.Attribute(NameBeside(attribute, repair.Value));
        int place = list.Attributes.IndexOf(attribute);
        if (place > 0)
            return root.ReplaceNode(list, Insert(list, place, layer));
        return repair.Value != "Flatten" && ListBefore(list) is { } before
            ? root.ReplaceNode(before, Insert(before, before.Attributes.Count, layer))
            : root.InsertNodesBefore(list, [OwnLine(list, layer)]);
    }

    /// <summary>Qualified like its neighbour, where the namespace is not imported.</summary>
    private static NameSyntax NameBeside(AttributeSyntax neighbour, string name) => neighbour.Name is QualifiedNameSyntax qualified
        ? qualified.WithRight(SyntaxFactory.IdentifierName(name)).WithoutTrivia()
        : SyntaxFactory.IdentifierName(name);

    private static AttributeListSyntax? ListBefore(AttributeListSyntax list)
    {
        SyntaxList<AttributeListSyntax> lists = ((MemberDeclarationSyntax)list.Parent!).AttributeLists;
        int place = lists.IndexOf(list);
        return place > 0 ? lists[place - 1] : null;
    }

    private static AttributeListSyntax Insert(AttributeListSyntax list, int place, AttributeSyntax layer)
    {
        SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        SyntaxNodeOrTokenList items = list.Attributes.GetWithSeparators();
        items = place == list.Attributes.Count ? items.Add(comma).Add(layer) : items.InsertRange(2 * place, [layer, comma]);
        return list.WithAttributes(SyntaxFactory.SeparatedList<AttributeSyntax>(items));
    }

    /// <summary>Indented and ended like the list behind it, but without that one's comments.</summary>
    private static AttributeListSyntax OwnLine(AttributeListSyntax list, AttributeSyntax layer)
    {
        SyntaxTrivia indentation = list.GetLeadingTrivia().LastOrDefault();
        SyntaxTrivia end = list.GetTrailingTrivia().LastOrDefault(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        AttributeListSyntax added = SyntaxFactory.AttributeList([layer]).WithTrailingTrivia(end.IsKind(SyntaxKind.EndOfLineTrivia) ? end : SyntaxFactory.Space);
        return indentation.IsKind(SyntaxKind.WhitespaceTrivia) ? added.WithLeadingTrivia(indentation) : added;
    }
}
