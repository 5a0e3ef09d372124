using System.Reflection;
using Cnn.Generator.Model;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Diagnostics;

/// <summary>The compiler's view of <see cref="FaultCatalog"/>.</summary>
public static class DiagnosticDescriptors
{
    /// <summary>The repository's address, which a build may have been given; before the descriptors, which need it.</summary>
    private static readonly string? Repository = typeof(DiagnosticDescriptors).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(static pair => pair.Key == "CnnRepository")?.Value;

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
        helpLinkUri: Help(description.Id, Repository),
        customTags: description.Severity == FaultSeverity.Error ? [WellKnownDiagnosticTags.NotConfigurable] : []);

    /// <summary>The address of a diagnostic's page, or, where there is none, the command that prints it: builds write either behind the message.</summary>
    public static string Help(string id, string? repository) => repository is null ? "cnn explain " + id : $"{repository}/blob/main/docs/diagnostics/{id}.md";

    private static string Category(string id) => id[3] switch
    {
        '0' => "Declaration",
        '1' => "Shapes",
        '2' => "Advice",
        '3' => "Options",
        _ => "Information",
    };
}
