using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Cnn.Generator.Model;
using Cnn.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Cnn.Generator.Tests.Harness;

/// <summary>A project with <c>CnnWeights</c>, as its targets hand it on to the compiler: a manifest for each weights file, with metadata.</summary>
internal sealed class ProjectFiles : AnalyzerConfigOptionsProvider
{
    public const string Project = "User.csproj";

    private readonly Dictionary<AdditionalText, Metadata> _metadata = [];

    /// <summary>Nothing but sources, in an editor.</summary>
    public static ProjectFiles None { get; } = new ProjectFiles().InEditor();

    /// <summary>The same files in a build.</summary>
    public ProjectFiles InBuild()
    {
        ProjectFiles files = Copy();
        files._properties.Remove(EditorMark.Key);
        return files;
    }

    private ProjectFiles InEditor()
    {
        _properties[EditorMark.Key] = "true";
        return this;
    }

    public ImmutableArray<AdditionalText> Texts => [.. _metadata.Keys];

    public AnalyzerOptions Options => new(Texts, this);

    private readonly Dictionary<string, string> _properties = [];

    public override AnalyzerConfigOptions GlobalOptions => new Metadata(_properties);

    /// <summary>Weights for a network.</summary>
    /// <param name="network">As the project file names it.</param>
    /// <param name="manifest">What the build wrote; empty before the first build.</param>
    public ProjectFiles With(string network, string manifest)
    {
        ProjectFiles files = Copy();
        files._metadata.Add(new Text($"obj/{network}.cnnweights", manifest), new Metadata(new(StringComparer.Ordinal)
        {
            ["build_metadata.AdditionalFiles.CnnWeightsNetwork"] = network,
            ["build_metadata.AdditionalFiles.CnnWeightsResource"] = "Cnn.Weights." + network,
            ["build_metadata.AdditionalFiles.CnnWeightsProject"] = Project,
        }));
        return files;
    }

    /// <summary>A property of the project that the generator reads.</summary>
    public ProjectFiles WithProperty(string name, string value)
    {
        ProjectFiles files = Copy();
        files._properties["build_property." + name] = value;
        return files;
    }

    /// <summary>Weights that fit a network, in a file weights.safetensors; where an edit makes them other ones, not quite.</summary>
    public static ProjectFiles For(ShapedNetwork network, Func<string, string>? edit = null)
    {
        WeightsManifest manifest = new()
        {
            File = "weights.safetensors",
            Tensors = [.. network.Layers.SelectMany(layer => layer.Parameters)
                .Select(parameter => new WeightsTensor(parameter.Name, "F32", [.. parameter.Shape.Select(axis => (long)axis)]))],
        };
        return None.With(network.Type.Name, edit is null ? manifest.ToString() : edit(manifest.ToString()));
    }

    private ProjectFiles Copy()
    {
        ProjectFiles files = new();
        foreach (KeyValuePair<AdditionalText, Metadata> old in _metadata)
            files._metadata.Add(old.Key, old.Value);
        foreach (KeyValuePair<string, string> old in _properties)
            files._properties.Add(old.Key, old.Value);
        return files;
    }

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => _metadata[textFile];

    private sealed class Text(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    private sealed class Metadata(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
