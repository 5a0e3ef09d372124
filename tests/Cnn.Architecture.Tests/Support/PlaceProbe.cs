using System.Text.RegularExpressions;
using Cnn.Definitions;
using Cnn.Generator.Model;
using Cnn.Onnx.Export;

namespace Cnn.Architecture.Tests.Support;

/// <summary>Looks for a kind of layer in every place that has to know of it, whether the others do or not.</summary>
internal static class PlaceProbe
{
    private const string PublicApi = "src/Cnn.Runtime/PublicAPI.Unshipped.txt";

    private static readonly Type[] Types = typeof(LayerSpec).Assembly.GetTypes();

    /// <summary>What is missing, each with the place where it belongs.</summary>
    public static IEnumerable<string> Missing(string kind)
    {
        bool isActivation = ActivationTable.OfKind(kind).Any();
        if (LayerTable.Find(kind) is null)
            yield return $"src/Cnn.Generator/Definitions: no table has {kind}.";
        Type? record = RecordOf(kind);
        if (record is null)
            yield return $"src/Cnn.Generator/Model/Layers: no SpecFactory makes {kind}.";
        if (!HasEntry("LayerRule`1", record))
            yield return $"src/Cnn.Generator/Shapes: no LayerRule is for {kind}.";
        if (!HasEntry("NodeFactory`1", record))
            yield return $"src/Cnn.Generator/Planning/Graph/Nodes: no NodeFactory is for {kind}.";
        if (!LayerNodes.ByKind.ContainsKey(kind) && LayerTable.Find(kind) is not { PassesOn: true })
            yield return $"src/Cnn.Onnx/Export: LayerNodes has no {kind}.";
        if (!Repository.Read("docs/layers.md").Contains($"| `{kind}", StringComparison.Ordinal))
            yield return $"docs/layers.md has no row that starts with `{kind}`.";
        string[] types = [$"Cnn.{kind}Attribute", .. ActivationTable.OfKind(kind).Select(activation => $"Cnn.CompilerServices.{activation.Name}Activation")];
        string[] lines = Repository.Read(PublicApi).Split('\n');
        foreach (string type in types.Where(type => !lines.Any(line => line == type || line.StartsWith(type + "<", StringComparison.Ordinal))))
            yield return $"{PublicApi} has no {type}: run .ci/public-api.";
        if (isActivation)
            yield break;
        foreach ((string file, string entry) in TestEntries(kind).Where(place => !Repository.Read(place.File).Contains(place.Entry, StringComparison.Ordinal)))
            yield return $"{file} has no {entry}.";
        string example = $"new {(kind == "LogSoftmax" ? "Softmax" : kind)}Layer";
        if (!Repository.Files("tests/Cnn.Property.Tests/Layers", "*Examples.cs").Any(file => Repository.Read(file).Contains(example, StringComparison.Ordinal)))
            yield return $"tests/Cnn.Property.Tests/Layers/LayerExamples.cs, or those that it lists, have no {example}.";
        Regex oracle = new($@"record {kind}Layer\b|=> .*""{kind}""");
        if (!Repository.Files("tests/Cnn.Property.Tests/Layers", "*.cs").Any(file => oracle.IsMatch(Repository.Read(file))))
            yield return $"tests/Cnn.Property.Tests/Layers: no Layer says in double what {kind} computes.";
    }

    /// <summary>Parameters of a layer that the table of parameters does not name.</summary>
    public static IEnumerable<string> MissingParameters(ShapedLayer layer)
    {
        const string Heading = "## Parameters";
        string text = Repository.Read("docs/layers.md");
        string[] rows = text[text.IndexOf(Heading, StringComparison.Ordinal)..].Split('\n');
        string? row = rows.FirstOrDefault(line => Regex.IsMatch(line, $@"^\|[^|]*\b{layer.Spec.Kind}\b"));
        return layer.Parameters.Select(parameter => parameter.Name[(layer.Spec.Name.Length + 1)..])
            .Where(parameter => row is null || !Regex.IsMatch(row, $@"`{parameter}\b"))
            .Select(parameter => $"docs/layers.md: the table of parameters does not name {parameter} of {layer.Spec.Kind}.");
    }

    private static IEnumerable<(string File, string Entry)> TestEntries(string kind) =>
    [
        ("tests/Cnn.Property.Tests/Drawing/LayerDrawings.cs", $"[\"{kind}\"]"),
        ("tests/Cnn.Peers.Tests/Torch/torch_answers.py", $"\"{kind}\":"),
    ];

    /// <summary>The type of the records that are made of a kind.</summary>
    private static Type? RecordOf(string kind)
    {
        Type entry = Types.Single(type => type.Name == "SpecFactory");
        return Types
            .Where(type => type.IsSubclassOf(entry)
                && ((IReadOnlyList<string>)entry.GetProperty("Kinds")!.GetValue(Activator.CreateInstance(type))!).Contains(kind))
            .Select(type => Types.Single(record => record.Name == type.Name.Replace("Factory", "Spec", StringComparison.Ordinal)))
            .SingleOrDefault();
    }

    /// <summary>Whether a class derives from an entry for a record, or for one that it derives from or that derives from it.</summary>
    private static bool HasEntry(string entry, Type? record) => record is not null && Types.Any(type =>
        type.BaseType is { IsGenericType: true } parent && parent.Name == entry
        && (parent.GenericTypeArguments[0].IsAssignableFrom(record) || record.IsAssignableFrom(parent.GenericTypeArguments[0])));
}
