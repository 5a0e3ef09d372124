using Cnn.Generator.Collections;
using Cnn.Generator.Model;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Reading;

/// <summary>The class that carries [Network]: what it is, and what keeps the generator from adding members to it.</summary>
internal static class TypeReader
{
    private static readonly SymbolDisplayFormat WithoutEscapes = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    public static TypeSpec Read(INamedTypeSymbol type) => new()
    {
        Name = type.Name,
        Namespace = type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() : "",
        Containers = Containers(type).Reverse().Select(static container => new ContainingType(Keyword(container), container.Name)).ToEquatableArray(),
        IsPublic = Containers(type).Prepend(type).All(static part => part.DeclaredAccessibility == Accessibility.Public),
        IsSealed = type.IsSealed,
        UniqueName = UniqueName(type),
        PretrainedMember = GeneratedMembers.PretrainedIn(type)?.Name,
        StubBaseArguments = BaseClassRule.StubArguments(type),
        IsMarkedGenerated = type.GetAttributes().Any(static attribute =>
            attribute.AttributeClass?.ToDisplayString() == "System.CodeDom.Compiler.GeneratedCodeAttribute"
            && attribute.ApplicationSyntaxReference is { } position && Declarations.IsWritten(position)),
    };

    /// <summary>
    /// Metadata names of file-local classes have angle brackets, which a file's name must not have; and while code is being written there may be a
    /// struct of the same name.
    /// </summary>
    private static string UniqueName(INamedTypeSymbol type)
    {
        string name = string.Join("+", Containers(type).Reverse().Append(type).Select(static part => part.MetadataName));
        if (type.ContainingNamespace is { IsGlobalNamespace: false } space)
            name = space.ToDisplayString(WithoutEscapes) + "." + name;
        string kind = Keyword(type);
        return name.Replace('<', '_').Replace('>', '_') + (kind == "class" ? "" : "-" + kind);
    }

    public static IEnumerable<Fault> Check(INamedTypeSymbol type, CancellationToken cancellation)
    {
        if (OtherThanClass(type) is { } found)
            yield return Fault(FaultIds.NotAClass, type.Name, found);
        else if (!Declarations.IsPartial(type, cancellation))
            yield return Fault(FaultIds.NotPartial, type.Name) with { Repairs = [new Repair(RepairKind.MakePartial)] };

        if (Containers(type).FirstOrDefault(container => !Declarations.IsPartial(container, cancellation)) is { } closed)
            yield return Fault(FaultIds.ContainerNotPartial, type.Name, closed.Name) with { Repairs = [new Repair(RepairKind.MakePartial)] };
        if (Containers(type).Prepend(type).FirstOrDefault(static part => part.Arity > 0) is { } generic)
            yield return Fault(FaultIds.Generic, type.Name, generic.Name);
        if (Containers(type).Prepend(type).FirstOrDefault(static part => part.IsFileLocal) is { } local)
            yield return Fault(FaultIds.FileLocal, type.Name, local.Name);
        if (GeneratedMembers.IsName(type.Name))
            yield return Fault(FaultIds.NamedLikeGeneratedMember, type.Name);

        int ordinal = 0;
        foreach (ISymbol member in GeneratedMembers.DeclaredIn(type, cancellation))
        {
            yield return new Fault
            {
                Id = FaultIds.DeclaresGeneratedMember,
                Argument = member.Name,
                Element = ordinal++,
                Arguments = [type.Name, GeneratedMembers.Describe(member)],
            };
        }
    }

    private static string? OtherThanClass(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Struct, IsRecord: true } => "a record struct",
        { TypeKind: TypeKind.Struct } => "a struct",
        { IsRecord: true } => "a record",
        { IsStatic: true } => "a static class",
        { IsAbstract: true } => "an abstract class",
        _ => null,
    };

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Interface } => "interface",
        { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct",
        { TypeKind: TypeKind.Struct } => "struct",
        { IsRecord: true } => "record",
        _ => "class",
    };

    /// <summary>From the innermost.</summary>
    private static IEnumerable<INamedTypeSymbol> Containers(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? container = type.ContainingType; container is not null; container = container.ContainingType)
            yield return container;
    }

    private static Fault Fault(string id, params string[] arguments) => new() { Id = id, Arguments = [.. arguments] };
}
