using Cnn.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Reading;

/// <summary>Classes that were meant to be networks or blocks, and of which the compiler knows neither [Network] nor [Block].</summary>
public static class UndeclaredReader
{
    /// <summary>Whether a node is worth a look: a type with an attribute that is called as one of Cnn's.</summary>
    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellation) =>
        node is TypeDeclarationSyntax { AttributeLists.Count: > 0 } type and not InterfaceDeclarationSyntax
        && type.AttributeLists.Any(static list => list.Attributes.Any(static attribute => AttributeNames.IsKnown(UnresolvedAttributes.NameOf(attribute.Name))));

    /// <summary>Reads a class; null where nothing is wrong, or where another declaration of it comes first.</summary>
    public static UndeclaredNetwork? Read(GeneratorSyntaxContext context, CancellationToken cancellation) =>
        context.SemanticModel.GetDeclaredSymbol((TypeDeclarationSyntax)context.Node, cancellation) is { } type
        && First(type, cancellation) == context.Node
            ? Read(type, cancellation)
            : null;

    /// <summary>Reads a class; null where nothing is wrong.</summary>
    public static UndeclaredNetwork? Read(INamedTypeSymbol type, CancellationToken cancellation)
    {
        if (Declarations.Home(type) is not null || Declarations.BlockHome(type) is not null)
            return null;
        LayerAttributes attributes = LayerAttributes.Of(type, null);
        return Check(type, attributes, cancellation) is { Length: > 0 } faults
            ? new UndeclaredNetwork(NetworkReader.Read(type, cancellation) with { Faults = [.. faults] }, !TypeReader.Check(type, cancellation).Any())
            : null;
    }

    private static Fault[] Check(INamedTypeSymbol type, LayerAttributes attributes, CancellationToken cancellation)
    {
        if (attributes.All.Count > 0)
        {
            return attributes.Unresolved.Count > 0
                ? [.. UnresolvedAttributes.Check(attributes, cancellation)]
                : [new Fault { Id = FaultIds.LayersWithoutNetwork, Layer = 0, Arguments = [type.Name] }];
        }

        string[] names = [.. attributes.Unresolved.Select(attribute => UnresolvedAttributes.NameOf(attribute, cancellation))];
        int first = Array.FindIndex(names, AttributeNames.IsKnown);

        // One name alone may be another library's.
        return names.Count(AttributeNames.IsKnown) < 2
            ? []
            :
            [
                new Fault
                {
                    Id = FaultIds.MissingUsing,
                    UnresolvedAttribute = first,
                    Arguments = [names[first]],
                    Repairs = [new Repair(RepairKind.AddUsing, "", ContractNames.Namespace)],
                },
            ];
    }

    private static SyntaxNode? First(INamedTypeSymbol type, CancellationToken cancellation) =>
        Declarations.Of(type, cancellation).FirstOrDefault(node => IsCandidate(node, cancellation));
}
