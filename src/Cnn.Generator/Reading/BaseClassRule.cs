using Cnn.Generator.Model;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Reading;

/// <summary>What a network inherits that generated members cannot live with.</summary>
internal static class BaseClassRule
{
    private static readonly SymbolDisplayFormat Qualified = SymbolDisplayFormat.FullyQualifiedFormat;

    public static IEnumerable<Fault> Check(INamedTypeSymbol type)
    {
        if (type.TypeKind != TypeKind.Class || type.BaseType is not { TypeKind: TypeKind.Class } parent)
            yield break;
        if (!HasUsableConstructor(parent, type))
            yield return new Fault { Id = FaultIds.NoBaseConstructor, Arguments = [type.Name, parent.Name] };
        if (Inherited(type).Prepend(type).SelectMany(static part => part.GetMembers()).FirstOrDefault(IsRequired) is { } required)
        {
            string? own = required.ContainingType.Equals(type, SymbolEqualityComparer.Default) ? required.Name : null;
            yield return new Fault { Id = FaultIds.RequiredMember, Argument = own, Arguments = [type.Name, required.Name] };
        }

        if (HiddenAbstractMember(type) is { } hidden)
            yield return new Fault { Id = FaultIds.HidesAbstractMember, Arguments = [type.Name, hidden.Name, hidden.ContainingType.Name] };
    }

    /// <summary>
    /// Of a class with <see cref="FaultIds.NoBaseConstructor"/>, arguments with which some constructor of the base class can be called, so that the
    /// constructor of a network that is not generated compiles; null where the usual ones do.
    /// </summary>
    public static string? StubArguments(INamedTypeSymbol type) =>
        type is { TypeKind: TypeKind.Class, BaseType: { TypeKind: TypeKind.Class } parent } && !HasUsableConstructor(parent, type)
            ? parent.InstanceConstructors
                .Where(constructor => IsReachable(constructor, type) && constructor.Parameters.All(HasDefault))
                .Select(static constructor => string.Join(", ",
                    constructor.Parameters.Select(static parameter => $"default({parameter.Type.ToDisplayString(Qualified)})")))
                .FirstOrDefault()
            : null;

    private static bool HasDefault(IParameterSymbol parameter) => parameter.RefKind == RefKind.None && parameter.Type is not IPointerTypeSymbol;

    /// <summary>Whether exactly one constructor takes a call without arguments, or one has no parameters, which C# prefers.</summary>
    private static bool HasUsableConstructor(INamedTypeSymbol parent, INamedTypeSymbol type)
    {
        IMethodSymbol[] callable =
        [
            .. parent.InstanceConstructors.Where(constructor =>
                IsReachable(constructor, type) && constructor.Parameters.All(static parameter => parameter.IsOptional || parameter.IsParams)),
        ];
        return callable.Length == 1 || callable.Any(static constructor => constructor.Parameters.Length == 0);
    }

    private static bool IsReachable(IMethodSymbol constructor, INamedTypeSymbol type) => !IsForbidden(constructor) && constructor.DeclaredAccessibility switch
    {
        Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal => true,
        Accessibility.Internal or Accessibility.ProtectedAndInternal =>
            type.ContainingAssembly.Equals(constructor.ContainingAssembly, SymbolEqualityComparer.Default)
            || constructor.ContainingAssembly.GivesAccessTo(type.ContainingAssembly),
        _ => IsInside(type, constructor.ContainingType.OriginalDefinition),
    };

    /// <summary>Whether its use is an error.</summary>
    private static bool IsForbidden(IMethodSymbol constructor) => constructor.GetAttributes().Any(static attribute =>
        attribute.AttributeClass?.ToDisplayString() == "System.ObsoleteAttribute" && attribute.ConstructorArguments is [_, { Value: true }]);

    private static bool IsInside(INamedTypeSymbol type, INamedTypeSymbol outer)
    {
        for (INamedTypeSymbol? container = type.ContainingType; container is not null; container = container.ContainingType)
        {
            if (container.OriginalDefinition.Equals(outer, SymbolEqualityComparer.Default))
                return true;
        }

        return false;
    }

    private static bool IsRequired(ISymbol member) => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    private static ISymbol? HiddenAbstractMember(INamedTypeSymbol type)
    {
        HashSet<ISymbol> overridden = new(SymbolEqualityComparer.Default);
        foreach (ISymbol member in Inherited(type).SelectMany(static part => part.GetMembers()))
        {
            if (Overridden(member) is { } original)
                overridden.Add(original.OriginalDefinition);
            if (member.IsAbstract && !overridden.Contains(member.OriginalDefinition) && GeneratedMembers.AreHiding(member))
                return member;
        }

        return null;
    }

    private static ISymbol? Overridden(ISymbol member) => member switch
    {
        IMethodSymbol method => method.OverriddenMethod,
        IPropertySymbol property => property.OverriddenProperty,
        IEventSymbol happening => happening.OverriddenEvent,
        _ => null,
    };

    /// <summary>From the nearest.</summary>
    private static IEnumerable<INamedTypeSymbol> Inherited(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? parent = type.BaseType; parent is not null; parent = parent.BaseType)
            yield return parent;
    }
}
