using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Reading;

/// <summary>The members that the generator adds to a network, which the user's part of the class must not have.</summary>
internal static class GeneratedMembers
{
    private static readonly string[] Names =
    [
        "Trainer", "Predictor", "Summary", "Parameters", "InputLength", "OutputLength",
        "Create", "Load", "LoadMatching", "Save", "CreateTrainer", "CreatePredictor",
        "Layers", "Kernels", "Definitions", "_core",
    ];

    /// <summary>Those of a network with weights inside its assembly.</summary>
    private static readonly string[] PretrainedNames = ["Pretrained", "CreatePretrained"];

    /// <summary>Overloads of a generated method are the user's own business; these parameter types are taken.</summary>
    private static readonly Dictionary<string, string[]> Signatures = new(StringComparer.Ordinal)
    {
        ["Create"] = ["System.Int32"],
        ["Load"] = ["System.String", "System.IO.Stream"],
        ["LoadMatching"] = ["System.String, System.Func", "System.IO.Stream, System.Func"],
        ["Save"] = ["System.String", "System.IO.Stream"],
        ["CreateTrainer"] = ["Cnn.Optimizer, Cnn.Loss, Cnn.TrainerOptions"],
        ["CreatePredictor"] = ["Cnn.PredictorOptions"],
        ["CreatePretrained"] = ["Cnn.PredictorOptions"],
    };

    private static readonly string[] Constructors = ["System.Int32", "Cnn.CompilerServices.NetworkCore"];

    public static bool IsName(string name) => Array.IndexOf(Names, name) >= 0;

    /// <summary>The members that the user declared although the generator adds them.</summary>
    public static IEnumerable<ISymbol> DeclaredIn(INamedTypeSymbol type, CancellationToken cancellation) =>
        WrittenIn(type).Where(member => Clashes(member, Names, cancellation));

    /// <summary>The member that the user declared although the generator adds one of that name where there are weights.</summary>
    public static ISymbol? PretrainedIn(INamedTypeSymbol type) =>
        WrittenIn(type).FirstOrDefault(static member => Array.IndexOf(PretrainedNames, member.Name) >= 0
            && Clashes(member, PretrainedNames, CancellationToken.None));

    /// <summary>Whether a generated member would hide one that the class inherits.</summary>
    public static bool AreHiding(ISymbol inherited) =>
        inherited is not IMethodSymbol { MethodKind: not MethodKind.Ordinary } && Clashes(inherited, Names, CancellationToken.None);

    /// <summary>As a message calls the member: <c>a constructor</c> or <c>Trainer</c>.</summary>
    public static string Describe(ISymbol member) => member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? "a constructor" : member.Name;

    private static IEnumerable<ISymbol> WrittenIn(INamedTypeSymbol type) =>
        type.GetMembers().Where(static member => !member.IsImplicitlyDeclared && member.DeclaringSyntaxReferences.Any(Declarations.IsWritten));

    private static bool Clashes(ISymbol member, string[] names, CancellationToken cancellation) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor, IsStatic: false } constructor => Clashes(constructor, cancellation),
        IMethodSymbol { MethodKind: MethodKind.ExplicitInterfaceImplementation } method => method.ExplicitInterfaceImplementations.Any(IsOfNetwork),
        IPropertySymbol { ExplicitInterfaceImplementations: { Length: > 0 } implemented } => implemented.Any(IsOfNetwork),
        IMethodSymbol method when Array.IndexOf(names, method.Name) >= 0 && Signatures.TryGetValue(method.Name, out string[]? taken) =>
            method.Arity == 0 && method.Parameters.All(static parameter => parameter.RefKind == RefKind.None) && taken.Contains(ParameterTypes(method)),
        IMethodSymbol { MethodKind: MethodKind.Ordinary } method => Array.IndexOf(names, WithoutAccessor(method.Name)) >= 0,
        _ => Array.IndexOf(names, member.Name) >= 0,
    };

    private static bool IsOfNetwork(ISymbol implemented) => ContractNames.IsContractType(implemented.ContainingType, ContractNames.NetworkInterface)
        || ContractNames.IsContractType(implemented.ContainingType, ContractNames.NetworkInterface, arity: 1);

    /// <summary>A property takes the names of its accessors too.</summary>
    private static string WithoutAccessor(string name) =>
        name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal) ? name.Substring(4) : name;

    /// <summary>A constructor has to reach the generated one, or the network would have no parameters.</summary>
    private static bool Clashes(IMethodSymbol constructor, CancellationToken cancellation) =>
        Array.IndexOf(Constructors, ParameterTypes(constructor)) >= 0
        || !Declarations.Of(constructor, cancellation).OfType<ConstructorDeclarationSyntax>().Any(static declaration =>
            declaration.Initializer.IsKind(SyntaxKind.ThisConstructorInitializer));

    private static string ParameterTypes(IMethodSymbol method) => string.Join(", ", method.Parameters.Select(static parameter => Qualified(parameter.Type)));

    private static string Qualified(ITypeSymbol type) =>
        type.ContainingNamespace is { IsGlobalNamespace: false } space ? $"{space.ToDisplayString()}.{type.Name}" : type.Name;
}
