using Cnn.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.CodeFixes;

/// <summary>Gives an attribute another name, in the namespace that is written before it.</summary>
internal static class NameRepair
{
    public static SyntaxNode? Apply(SyntaxNode root, SyntaxNode blamed, Repair repair)
    {
        SimpleNameSyntax? name = blamed.FirstAncestorOrSelf<AttributeSyntax>()?.Name switch
        {
            QualifiedNameSyntax qualified => qualified.Right,
            AliasQualifiedNameSyntax alias => alias.Name,
            SimpleNameSyntax simple => simple,
            _ => null,
        };
        return name is null ? null : root.ReplaceToken(name.Identifier, SyntaxFactory.Identifier(repair.Value).WithTriviaFrom(name.Identifier));
    }
}
