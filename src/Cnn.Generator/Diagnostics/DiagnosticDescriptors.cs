using Cnn.Generator.Model;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Diagnostics;

/// <summary>The compiler's view of <see cref="FaultCatalog"/>.</summary>
public static class DiagnosticDescriptors
{
    /// <summary>Where the pages are, one a diagnostic.</summary>
    private const string HelpFolder = "docs/diagnostics/";

    private static readonly Dictionary<string, DiagnosticDescriptor> ById =
        FaultCatalog.All.ToDictionary(static description => description.Id, Create, StringComparer.Ordinal);

    public static IEnumerable<DiagnosticDescriptor> All => ById.Values;

    public static DiagnosticDescriptor Find(string id) => ById[id];

    /// <summary>A faulty network is not generated, so that its errors cannot be turned off.</summary>
    private static DiagnosticDescriptor Create(FaultDescription description) => new(
        id: description.Id,
        title: description.Title,
        messageFormat: description.Format,
        category: "Cnn." + Category(description.Id),
        defaultSeverity: description.Severity switch
        {
            FaultSeverity.Error => DiagnosticSeverity.Error,
            FaultSeverity.Warning => DiagnosticSeverity.Warning,
            _ => DiagnosticSeverity.Info,
        },
        isEnabledByDefault: description.IsEnabledByDefault,
        helpLinkUri: HelpFolder + description.Id + ".md",
        customTags: description.Severity == FaultSeverity.Error ? [WellKnownDiagnosticTags.NotConfigurable] : []);

    private static string Category(string id) => id[3] switch
    {
        '0' => "Declaration",
        '1' => "Shapes",
        '2' => "Advice",
        '3' => "Options",
        _ => "Information",
    };
}
