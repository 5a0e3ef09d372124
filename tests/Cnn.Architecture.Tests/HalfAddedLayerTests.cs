using Cnn.Architecture.Tests.Support;
using Cnn.Definitions;
using Cnn.Generator.Model;

namespace Cnn.Architecture.Tests;

/// <summary>A layer is all there, from its attribute to its documentation, or a test says what it lacks. See docs/adding-a-layer.md.</summary>
public sealed class HalfAddedLayerTests
{
    private const string Suffix = "Attribute";

    public static TheoryData<string> Kinds =>
        [.. Attributes.Keys.Where(kind => LayerTable.Find(kind) is not ({ IsExpanded: true } or { IsWrittenByHand: true }))];

    private static Dictionary<string, Type> Attributes { get; } = typeof(LayerAttribute).Assembly.GetExportedTypes()
        .Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract)
        .ToDictionary(type => type.Name.Split('`')[0][..^Suffix.Length], StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_layer_with_an_attribute_has_everything(string kind) =>
        Nothing.In(LayerProbe.Missing(kind, LayerProbe.Arguments(Attributes[kind])));

    [Fact]
    public void A_layer_that_nothing_knows_lacks_everything()
    {
        IReadOnlyList<string> missing = LayerProbe.Missing("Wobble");
        string[] places =
        [
            "src/Cnn.Generator/Definitions", "src/Cnn.Generator/Model", "src/Cnn.Generator/Shapes", "src/Cnn.Generator/Planning", "src/Cnn.Onnx",
            "docs/layers.md", "src/Cnn.Runtime/PublicAPI", "tests/Cnn.Property.Tests/Layers/LayerExamples",
            "tests/Cnn.Property.Tests/Drawing", "tests/Cnn.Peers.Tests",
            "tests/Cnn.Property.Tests/Layers:",
        ];
        Assert.All(places, place => Assert.Contains(missing, line => line.StartsWith(place, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_layer_that_comes_back_as_another_is_named()
    {
        const string Source = "using Cnn;\n[Network, Input(8), Softplus]\npublic sealed partial class Net;";
        Assert.Empty(OnnxProbe.Missing("Softplus", Source));
        Assert.StartsWith("Cnn.Tool:", Assert.Single(OnnxProbe.Missing("Wobble", Source)), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_record_of_a_layer_has_an_attribute()
    {
        IEnumerable<string> records = typeof(LayerSpec).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(LayerSpec)) && !type.IsAbstract && type != typeof(UnreadableSpec) && type != typeof(OutputSpec))
            .Select(type => type.Name[..^"Spec".Length]);

        // Records of several attributes are called after what those have in common.
        string[] families = ["Pool", "GlobalPool", "Activation", "Binary", "Reduction", "BlockUse"];
        Nothing.In(records.Except(families).Except(Attributes.Keys));
    }
}
