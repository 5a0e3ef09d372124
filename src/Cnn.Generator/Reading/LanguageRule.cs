using Cnn.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Reading;

/// <summary>Generated code is compiled as the project is, and uses collection expressions and static members of interfaces.</summary>
internal static class LanguageRule
{
    private const LanguageVersion Oldest = LanguageVersion.CSharp12;

    public static bool HasGlobalUsings(ParseOptions options) => options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp10 };

    public static IEnumerable<Fault> Check(INamedTypeSymbol type, SyntaxReference? home)
    {
        if (home?.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < Oldest and var found })
            yield return new Fault { Id = FaultIds.LanguageTooOld, Arguments = [type.Name, Oldest.ToDisplayString(), found.ToDisplayString()] };
    }
}
