using Cnn.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.CodeFixes;

/// <summary>Gives a property of an attribute a value: where it is given already, another one.</summary>
internal static class PropertyRepair
{
    public static SyntaxNode? Apply(SyntaxNode root, SyntaxNode blamed, Repair repair)
    {
        if (blamed.FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute)
            return null;
        ExpressionSyntax value = SyntaxFactory.ParseExpression(repair.Value);
        AttributeArgumentSyntax? given = attribute.ArgumentList?.Arguments.FirstOrDefault(
            argument => argument.NameEquals?.Name.Identifier.ValueText == repair.Target);
        if (given is not null)
            return root.ReplaceNode(given.Expression, value.WithTriviaFrom(given.Expression));

        AttributeArgumentSyntax added = SyntaxFactory.AttributeArgument(NameEquals(repair.Target), nameColon: null, value);
        return root.ReplaceNode(attribute, Add(attribute, added));
    }

    private static NameEqualsSyntax NameEquals(string name) => SyntaxFactory.NameEquals(
        SyntaxFactory.IdentifierName(name).WithTrailingTrivia(SyntaxFactory.Space),
        SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space));

    private static AttributeSyntax Add(AttributeSyntax attribute, AttributeArgumentSyntax argument)
    {
        if (attribute.ArgumentList is not { Arguments: { Count: > 0 } arguments } list)
            return attribute.WithArgumentList(SyntaxFactory.AttributeArgumentList([argument])).WithTriviaFrom(attribute);
        SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        SyntaxNodeOrTokenList items = arguments.GetWithSeparators().Add(comma).Add(argument);
        return attribute.WithArgumentList(list.WithArguments(SyntaxFactory.SeparatedList<AttributeArgumentSyntax>(items)));
    }
}
