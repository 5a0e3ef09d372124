using Cnn.Generator.Collections;
using Cnn.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Reading;

/// <summary>From the symbol of a class with [Network] to a record without symbols. Never throws on code that does not compile.</summary>
public static class NetworkReader
{
    /// <summary>Whether a node with [Network] is worth a look; syntax only. The compiler refuses the attribute on anything but a class or struct.</summary>
    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellation) => node is TypeDeclarationSyntax and not InterfaceDeclarationSyntax;

    /// <summary>
    /// Reads the network that the generator was called for. It is called for each declaration with [Network]: null for all but the first, so that a class which
    /// has the attribute twice, an error of the compiler's, is generated once.
    /// </summary>
    public static NetworkSpec? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation) =>
        context.TargetSymbol is INamedTypeSymbol type && Declarations.Home(type) is { } home
        && home.SyntaxTree == context.TargetNode.SyntaxTree && home.Span == context.TargetNode.Span
            ? Read(type, cancellation)
            : null;

    /// <summary>The networks of a compilation whose classes have a name, which may have their namespaces and outer classes before it.</summary>
    public static IEnumerable<INamedTypeSymbol> Named(string name, Compilation compilation, CancellationToken cancellation) => compilation
        .GetSymbolsWithName(name.Substring(name.LastIndexOf('.') + 1), SymbolFilter.Type, cancellation)
        .OfType<INamedTypeSymbol>()
        .Where(static type => Declarations.Home(type) is not null);

    /// <summary>Reads the network; the same for the generator and the analyzer.</summary>
    public static NetworkSpec Read(INamedTypeSymbol type, CancellationToken cancellation)
    {
        LayerAttributes attributes = LayerAttributes.Of(type, Declarations.Home(type));
        List<Fault> faults = [.. LanguageRule.Check(type, Declarations.Home(type)), .. TypeReader.Check(type, cancellation), .. BaseClassRule.Check(type)];
        faults.AddRange(UnresolvedAttributes.Check(attributes, cancellation));
        if (attributes.FirstElsewhere >= 0)
        {
            faults.Add(new Fault
            {
                Id = FaultIds.LayersOnTwoDeclarations,
                Layer = attributes.FirstElsewhere,
                RelatedLayer = 0,
                Arguments = [type.Name],
            });
        }

        if (Declarations.BlockHome(type) is not null)
            faults.Add(new Fault { Id = FaultIds.NetworkAndBlock, Arguments = [type.Name] });

        BlockTable blocks = new(type, cancellation);
        List<LayerSpec> layers = [];
        foreach (AttributeData attribute in attributes.All)
        {
            cancellation.ThrowIfCancellationRequested();
            BlockReference? block = blocks.Use(attribute, layers.Count, faults);
            layers.Add(LayerFactory.Create(LayerAttributes.KindOf(attribute.AttributeClass!), ArgumentReader.Read(attribute), block));
        }

        EquatableArray<LayerSpec> named = DefaultNames.Assign(layers);
        for (int i = 0; i < named.Length; i++)
        {
            if (named[i] is UnreadableSpec)
                faults.Add(new Fault { Id = FaultIds.Unreadable, Layer = i, Arguments = [named[i].Name, FaultCatalog.CompilersError] });
        }

        faults.AddRange(PortMembers.Check(type, layers).Where(fault => !faults.Any(other => other.Id == fault.Id && other.Argument == fault.Argument)));
        return new NetworkSpec { Type = TypeReader.Read(type), Layers = named, Blocks = blocks.Read(), Faults = faults.ToEquatableArray() };
    }
}
