using Cnn.Generator.Collections;
using Cnn.Generator.Model;
using Cnn.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Cnn.Generator.Diagnostics;

/// <summary>Finds the source text of a fault, which knows only its layer and argument.</summary>
internal sealed class FaultLocator(INamedTypeSymbol type, SyntaxReference? home, LayerAttributes attributes)
{
    /// <summary>Of a network, a block, or a class that is neither.</summary>
    public static FaultLocator Of(INamedTypeSymbol type)
    {
        SyntaxReference? home = Declarations.Home(type) ?? Declarations.BlockHome(type);
        return new FaultLocator(type, home, LayerAttributes.Of(type, home));
    }

    public Location Locate(Fault fault, CancellationToken cancellation)
    {
        if (fault.UnresolvedAttribute >= 0)
            return attributes.Unresolved[fault.UnresolvedAttribute].ApplicationSyntaxReference!.GetSyntax(cancellation).GetLocation();
        if (fault.Layer < 0)
            return fault.Argument is null ? LocateType(cancellation) : LocateMember(fault, cancellation);
        if (fault.Argument is null || Syntax(fault.Path, cancellation) is not { } attribute)
            return LocateLayer(fault.Path, cancellation);
        return ArgumentSpan(attribute, Attribute(fault.Path), fault.Argument, fault.Element) is { } span
            ? Location.Create(attribute.SyntaxTree, span)
            : attribute.GetLocation();
    }

    /// <summary>What a fault refers to beside its own place: the layer that made the shape, and the uses of the block that it is in, innermost first.</summary>
    public IEnumerable<Location> Related(Fault fault, CancellationToken cancellation)
    {
        if (fault.RelatedLayer >= 0)
            yield return LocateLayer(fault.RelatedPath, cancellation);
        for (int depth = fault.Within.Length - 1; depth >= 0; depth--)
            yield return LocateLayer(new LayerPath(fault.Layer, fault.Within.Take(depth).ToEquatableArray()), cancellation);
    }

    public Location LocateLayer(LayerPath layer, CancellationToken cancellation) => Syntax(layer, cancellation)?.GetLocation() ?? LocateType(cancellation);

    private AttributeSyntax? Syntax(LayerPath layer, CancellationToken cancellation) =>
        Attribute(layer).ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax;

    private AttributeData Attribute(LayerPath layer)
    {
        AttributeData attribute = attributes.All[layer.Layer];
        foreach (int inner in layer.Within)
        {
            INamedTypeSymbol block = (INamedTypeSymbol)attribute.AttributeClass!.TypeArguments[0].OriginalDefinition;
            attribute = LayerAttributes.Of(block, Declarations.BlockHome(block)).All[inner];
        }

        return attribute;
    }

    private Location LocateType(CancellationToken cancellation) =>
        home?.GetSyntax(cancellation) is TypeDeclarationSyntax declaration ? declaration.Identifier.GetLocation() : type.Locations[0];

    private Location LocateMember(Fault fault, CancellationToken cancellation) =>
        (fault.Element < 0
            ? type.GetMembers(fault.Argument!)
            : GeneratedMembers.DeclaredIn(type, cancellation).Skip(fault.Element)).FirstOrDefault()?.Locations.FirstOrDefault(static location =>
                location.SourceTree is { } tree && Declarations.IsWritten(tree)) ?? LocateType(cancellation);

    private static TextSpan? ArgumentSpan(AttributeSyntax attribute, AttributeData data, string name, int element)
    {
        if (attribute.ArgumentList is not { Arguments: var arguments })
            return null;
        AttributeArgumentSyntax? named = arguments.FirstOrDefault(argument =>
            IsCalled(argument.NameEquals?.Name ?? argument.NameColon?.Name, name));
        if (named is not null)
            return Element(named.Expression, element)?.Span ?? named.Span;

        IParameterSymbol? parameter = data.AttributeConstructor?.Parameters.FirstOrDefault(parameter =>
            string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase));
        if (parameter is null)
            return null;
        List<AttributeArgumentSyntax> positional = [.. arguments.Where(static argument => argument.NameEquals is null && argument.NameColon is null)];
        int last = parameter.IsParams ? positional.Count - 1 : Math.Min(parameter.Ordinal, positional.Count - 1);
        if (parameter.Ordinal > last)
            return null;
        if (element >= 0 && Element(positional[parameter.Ordinal].Expression, element) is { } item)
            return item.Span;
        if (element >= 0 && parameter.Ordinal + element <= last)
            return positional[parameter.Ordinal + element].Span;
        return TextSpan.FromBounds(positional[parameter.Ordinal].SpanStart, positional[last].Span.End);
    }

    /// <summary>A property is called like the parameter that sets it, but for its first letter.</summary>
    private static bool IsCalled(IdentifierNameSyntax? written, string name) =>
        string.Equals(written?.Identifier.ValueText, name, StringComparison.OrdinalIgnoreCase);

    private static SyntaxNode? Element(ExpressionSyntax expression, int element) => element < 0 ? null : expression switch
    {
        CollectionExpressionSyntax collection => collection.Elements.ElementAtOrDefault(element),
        ArrayCreationExpressionSyntax { Initializer: { } items } => items.Expressions.ElementAtOrDefault(element),
        ImplicitArrayCreationExpressionSyntax { Initializer: var items } => items.Expressions.ElementAtOrDefault(element),
        _ => null,
    };
}
