using Cnn.Generator.Model;
using Cnn.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Diagnostics;

/// <summary>Faults as diagnostics, where they were written.</summary>
internal static class FaultReport
{
    /// <summary>The compiler's errors about names, which are none if another generator, or this one, makes what they name.</summary>
    private static readonly HashSet<string> MissingNames = new(["CS0103", "CS0117", "CS0234", "CS0246", "CS0426"], StringComparer.Ordinal);

    public static Diagnostic Create(Fault fault, FaultLocator locator, CancellationToken cancellation) => Diagnostic.Create(
        DiagnosticDescriptors.Find(fault.Id),
        locator.Locate(fault, cancellation),
        locator.Related(fault, cancellation),
        RepairProperties.Of(fault.Repairs),
        messageArgs: Enumerable.ToArray<object>(fault.Arguments));

    /// <summary>All that is wrong with a class, in the order of its faults.</summary>
    public static IEnumerable<Diagnostic> Of(FaultyType faulty, Compilation compilation, CancellationToken cancellation)
    {
        INamedTypeSymbol? type = compilation.GetSymbolsWithName(faulty.Name, SymbolFilter.Type, cancellation).OfType<INamedTypeSymbol>()
            .FirstOrDefault(found => TypeReader.Read(found).UniqueName == faulty.UniqueName);
        if (type is null)
            yield break;
        FaultLocator locator = FaultLocator.Of(type);
        foreach (Fault fault in faulty.Faults)
        {
            if (!FaultCatalog.Find(fault.Id).IsReportedByCompiler)
                yield return Create(fault, locator, cancellation);
            else if (NotSaid(fault, locator.Locate(fault, cancellation), compilation, cancellation) is { } said)
                yield return said;
        }
    }

    /// <summary>Weights of the project that belong to no network: there is no attribute to show that at.</summary>
    public static Diagnostic Create(Fault fault, ProjectWeights weights) => Diagnostic.Create(
        DiagnosticDescriptors.Find(fault.Id),
        weights.Project.Length == 0 ? Location.None : Location.Create(weights.Project, default, default),
        messageArgs: Enumerable.ToArray<object>(fault.Arguments));

    /// <summary>
    /// What the compiler is not sure to report: a name that is missing now may exist when it comes to that, and the network would be none in silence.
    /// </summary>
    private static Diagnostic? NotSaid(Fault fault, Location place, Compilation compilation, CancellationToken cancellation)
    {
        if (place.SourceTree is not { } tree)
            return null;
        Diagnostic[] errors =
        [
            .. compilation.GetSemanticModel(tree).GetDeclarationDiagnostics(place.SourceSpan, cancellation)
                .Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error),
        ];
        if (errors.Any(static error => !MissingNames.Contains(error.Id)))
            return null;
        string reason = errors.FirstOrDefault()?.GetMessage(System.Globalization.CultureInfo.InvariantCulture) ?? FaultCatalog.CompilersError;
        return Diagnostic.Create(DiagnosticDescriptors.Find(fault.Id), errors.FirstOrDefault()?.Location ?? place, fault.Arguments[0], reason);
    }
}
