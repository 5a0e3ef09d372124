using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Reading;

/// <summary>The layer attributes of a type, and what stands among them, in the order in which they are written.</summary>
/// <remarks>
/// C# gives attributes no order, and the order of <see cref="ISymbol.GetAttributes"/> is not promised; their positions in one declaration are.
/// Indices into <see cref="All"/> are indices into <see cref="Model.NetworkSpec.Layers"/>.
/// </remarks>
internal sealed class LayerAttributes
{
    private const string Suffix = "Attribute";

    private LayerAttributes(IReadOnlyList<AttributeData> all, int first, IReadOnlyList<AttributeData> unresolved)
    {
        All = all;
        FirstElsewhere = first;
        Unresolved = unresolved;
    }

    public IReadOnlyList<AttributeData> All { get; }

    /// <summary>The first layer that stands on another declaration than the layers before it, or -1.</summary>
    public int FirstElsewhere { get; }

    /// <summary>Attributes of types that do not exist: perhaps misspelt layers, so that nothing is known of the shapes.</summary>
    public IReadOnlyList<AttributeData> Unresolved { get; }

    /// <summary>Finds them.</summary>
    /// <param name="type">The type that carries them.</param>
    /// <param name="home">The declaration whose layers come first: the one with [Network].</param>
    public static LayerAttributes Of(INamedTypeSymbol type, SyntaxReference? home)
    {
        List<AttributeData> layers = [];
        List<AttributeData> unresolved = [];
        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (attribute.ApplicationSyntaxReference is null || attribute.AttributeClass is null)
                continue;
            if (attribute.AttributeClass.TypeKind == TypeKind.Error)
                unresolved.Add(attribute);
            else if (IsLayer(attribute.AttributeClass))
                layers.Add(attribute);
        }

        List<SyntaxReference> declarations = [.. type.DeclaringSyntaxReferences];
        int DeclarationOf(AttributeData attribute)
        {
            SyntaxReference position = attribute.ApplicationSyntaxReference!;
            if (home is not null && Contains(home, position))
                return -1;
            return declarations.FindIndex(declaration => Contains(declaration, position));
        }

        List<AttributeData> sorted = [.. layers.OrderBy(DeclarationOf).ThenBy(static attribute => attribute.ApplicationSyntaxReference!.Span.Start)];
        int elsewhere = sorted.FindIndex(attribute => DeclarationOf(attribute) != DeclarationOf(sorted[0]));
        return new LayerAttributes(
            sorted, elsewhere, [.. unresolved.OrderBy(DeclarationOf).ThenBy(static attribute => attribute.ApplicationSyntaxReference!.Span.Start)]);
    }

    /// <summary>The attribute without its suffix, as <c>Conv</c>.</summary>
    public static string KindOf(INamedTypeSymbol attribute) =>
        attribute.Name.EndsWith(Suffix, StringComparison.Ordinal) ? attribute.Name.Substring(0, attribute.Name.Length - Suffix.Length) : attribute.Name;

    private static bool IsLayer(INamedTypeSymbol attribute)
    {
        if (ContractNames.IsContractType(attribute, ContractNames.Output))
            return true;
        for (INamedTypeSymbol? type = attribute; type is not null; type = type.BaseType)
        {
            if (ContractNames.IsContractType(type, ContractNames.Layer))
                return true;
        }

        return false;
    }

    private static bool Contains(SyntaxReference outer, SyntaxReference inner) =>
        outer.SyntaxTree == inner.SyntaxTree && outer.Span.Contains(inner.Span);
}
