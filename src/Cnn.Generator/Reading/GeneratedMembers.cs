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
        "Create", "Load", "Save", "CreateTrainer", "CreatePredictor",
        "Layers", "Kernels",
    ];

    /// <summary>Those of a network with weights inside its assembly.</summary>
    private static readonly string[] PretrainedNames = ["Pretrained", "CreatePretrained"];

    /// <summary>Overloads of a generated method are the user's own business; these parameter types are taken.</summary>
    private static readonly Dictionary<string, string[]> Signatures = new(StringComparer.Ordinal)
    {
        ["Create"] = ["Int32"],
        ["Load"] = ["String", "Stream"],
        ["Save"] = ["String", "Stream"],
        ["CreateTrainer"] = ["Optimizer, Loss, TrainerOptions"],
        ["CreatePredictor"] = ["PredictorOptions"],
        ["CreatePretrained"] = ["PredictorOptions"],
    };

    public static bool IsName(string name) => Array.IndexOf(Names, name) >= 0;

    /// <summary>The members that the user declared although the generator adds them.</summary>
    public static IEnumerable<ISymbol> DeclaredIn(INamedTypeSymbol type, CancellationToken cancellation) =>
        WrittenIn(type).Where(member => Clashes(member, Names, cancellation));

    /// <summary>The member that the user declared although the generator adds one of that name where there are weights.</summary>
    public static ISymbol? PretrainedIn(INamedTypeSymbol type) =>
        WrittenIn(type).FirstOrDefault(static member => Array.IndexOf(PretrainedNames, member.Name) >= 0 && Clashes(member, PretrainedNames, CancellationToken.None));

    /// <summary>As a message calls the member: <c>a constructor</c> or <c>Trainer</c>.</summary>
    public static string Describe(ISymbol member) => member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? "a constructor" : member.Name;

    private static IEnumerable<ISymbol> WrittenIn(INamedTypeSymbol type) =>
        type.GetMembers().Where(static member => !member.IsImplicitlyDeclared && member.DeclaringSyntaxReferences.Any(Declarations.IsWritten));

    private static bool Clashes(ISymbol member, string[] names, CancellationToken cancellation) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor, IsStatic: false } constructor => Clashes(constructor, cancellation),
        IMethodSymbol method when Array.IndexOf(names, method.Name) >= 0 && Signatures.TryGetValue(method.Name, out string[]? taken) => taken.Contains(ParameterTypes(method)),
        _ => Array.IndexOf(names, member.Name) >= 0,
    };

    /// <summary>A constructor has to reach the generated one, or the network would have no parameters.</summary>
    private static bool Clashes(IMethodSymbol constructor, CancellationToken cancellation) =>
        ParameterTypes(constructor) == "Int32"
        || !Declarations.Of(constructor, cancellation).OfType<ConstructorDeclarationSyntax>().Any(static declaration =>
            declaration.Initializer.IsKind(SyntaxKind.ThisConstructorInitializer));

    private static string ParameterTypes(IMethodSymbol method) => string.Join(", ", method.Parameters.Select(static parameter => parameter.Type.Name));
}
