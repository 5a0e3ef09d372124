using Cnn.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Cnn.Generator.Reading;

/// <summary>Reads what the targets say about the items <c>CnnWeights</c> of a project: an additional file for each, the manifest, with metadata.</summary>
public static class ProjectWeightsReader
{
    private const string Metadata = "build_metadata.AdditionalFiles.CnnWeights";

    /// <summary>Null for an additional file that is none of ours.</summary>
    public static ProjectWeights? Read(AdditionalText text, AnalyzerConfigOptions options, CancellationToken cancellation)
    {
        if (!options.TryGetValue(Metadata + "Network", out string? network) || network.Length == 0)
            return null;
        options.TryGetValue(Metadata + "Resource", out string? resource);
        options.TryGetValue(Metadata + "Project", out string? project);

        // In an editor, before the first build, there is no such file yet.
        string manifest = text.GetText(cancellation)?.ToString() ?? "";
        return new ProjectWeights
        {
            Network = network,
            Resource = resource ?? "",
            Project = project ?? "",
            Manifest = manifest.Length == 0 ? null : WeightsManifest.Parse(manifest),
        };
    }

    /// <summary>All of a project.</summary>
    public static IEnumerable<ProjectWeights> ReadAll(AnalyzerOptions options, CancellationToken cancellation)
    {
        foreach (AdditionalText text in options.AdditionalFiles)
        {
            if (Read(text, options.AnalyzerConfigOptionsProvider.GetOptions(text), cancellation) is { } weights)
                yield return weights;
        }
    }
}
