using Cnn.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.CodeFixes;

/// <summary>Puts another value in the place of the blamed one.</summary>
internal static class ValueRepair
{
    public static SyntaxNode? Apply(SyntaxNode root, SyntaxNode blamed, Repair repair)
    {
        ExpressionSyntax? value = blamed switch
        {
            ExpressionSyntax expression => expression,
            AttributeArgumentSyntax argument => argument.Expression,
            ExpressionElementSyntax element => element.Expression,
            _ => null,
        };
        return value is null ? null : root.ReplaceNode(value, SyntaxFactory.ParseExpression(repair.Value).WithTriviaFrom(value));
    }
}
