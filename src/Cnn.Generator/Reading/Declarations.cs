using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Reading;

/// <summary>The declarations that the user wrote, without the generator's own part of the class.</summary>
/// <remarks>The generator never sees its output; the analyzer runs after it and does.</remarks>
internal static class Declarations
{
    /// <summary>The compiler puts generated trees under <c>assembly/generator type/hint name</c>.</summary>
    private const string GeneratorFolder = "Cnn.Generator.NetworkGenerator";

    public static bool IsWritten(SyntaxReference reference) => IsWritten(reference.SyntaxTree);

    public static bool IsWritten(SyntaxTree tree) => Array.IndexOf(tree.FilePath.Split('/', '\\'), GeneratorFolder) < 0;

    public static IEnumerable<SyntaxNode> Of(ISymbol symbol, CancellationToken cancellation) =>
        symbol.DeclaringSyntaxReferences.Where(IsWritten).Select(reference => reference.GetSyntax(cancellation));

    public static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellation) =>
        Of(type, cancellation).OfType<TypeDeclarationSyntax>().Any(static declaration => declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary>The declaration with [Network].</summary>
    public static SyntaxReference? Home(INamedTypeSymbol type) => Home(type, ContractNames.Network);

    /// <summary>The declaration with [Block].</summary>
    public static SyntaxReference? BlockHome(INamedTypeSymbol type) => Home(type, ContractNames.Block);

    private static SyntaxReference? Home(INamedTypeSymbol type, string mark)
    {
        AttributeData? found = type.GetAttributes().FirstOrDefault(attribute =>
            attribute.AttributeClass is { } attributeClass && ContractNames.IsContractType(attributeClass, mark));
        return found?.ApplicationSyntaxReference is not { } position
            ? null
            : type.DeclaringSyntaxReferences.FirstOrDefault(declaration =>
                declaration.SyntaxTree == position.SyntaxTree && declaration.Span.Contains(position.Span));
    }
}
