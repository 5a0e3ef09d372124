using Cnn.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Reading;

/// <summary>Attributes of types that do not exist, on a class that has layers: misspelt ones, or a using directive is missing.</summary>
internal static class UnresolvedAttributes
{
    /// <summary>One fault for each, by its place in <see cref="LayerAttributes.Unresolved"/>.</summary>
    public static IEnumerable<Fault> Check(LayerAttributes attributes, CancellationToken cancellation)
    {
        for (int index = 0; index < attributes.Unresolved.Count; index++)
            yield return Of(NameOf(attributes.Unresolved[index], cancellation), index);
    }

    /// <summary>As it is written, without namespaces and type arguments.</summary>
    public static string NameOf(AttributeData attribute, CancellationToken cancellation) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is AttributeSyntax { Name: var name }
            ? NameOf(name)
            : attribute.AttributeClass?.Name ?? "";

    public static string NameOf(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => name.ToString(),
    };

    private static Fault Of(string name, int index)
    {
        string? nearest = AttributeNames.IsKnown(name) ? null : AttributeNames.Nearest(name);
        return new Fault
        {
            Id = FaultIds.UnknownAttribute,
            UnresolvedAttribute = index,
            Arguments = [name, nearest is null ? "correct its name, or add the using directive of its namespace" : $"did you mean {nearest}?"],
            Repairs = nearest is null ? [] : [new Repair(RepairKind.RenameAttribute, "", nearest)],
        };
    }
}
