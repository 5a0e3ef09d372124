using System.Text.Json;

namespace Cnn.Build.Tests;

/// <summary>What the package's targets make of a project's items, run by MSBuild itself.</summary>
public sealed class WeightsTargetsTests : IDisposable
{
    private readonly TargetsProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Weights_stand_beside_other_resources_and_additional_files()
    {
        JsonElement items = Items(
            """
            <CnnWeights Include="digits.safetensors" Network="App.LeNet" />
            <CnnWeights Include="others.safetensors" Network="Tiny" Storage="int8" />
            <EmbeddedResource Include="notes.txt" />
            <EmbeddedResource Include="named.txt" LogicalName="Named" Network="mine" />
            <AdditionalFiles Include="words.txt" />
            """);
        Assert.Equal(
            ["named.txt|Named|mine", "notes.txt||", "obj/cnn/App.LeNet.packed|Cnn.Weights.App.LeNet|App.LeNet", "obj/cnn/Tiny.packed|Cnn.Weights.Tiny|Tiny"],
            Described(items, "EmbeddedResource", "LogicalName", "Network"));
        Assert.Equal(
            ["obj/cnn/App.LeNet.cnnweights|App.LeNet|Cnn.Weights.App.LeNet|project.proj",
                "obj/cnn/Tiny.cnnweights|Tiny|Cnn.Weights.Tiny|project.proj", "words.txt|||"],
            Described(items, "AdditionalFiles", "CnnWeightsNetwork", "CnnWeightsResource", "CnnWeightsProject"));
    }

    [Fact]
    public void Weights_without_a_network_are_one_error_that_names_them() =>
        Assert.Contains(
            "<CnnWeights Include=\"others.safetensors\"> has no Network",
            Run("<CnnWeights Include=\"digits.safetensors\" Network=\"LeNet\" /><CnnWeights Include=\"others.safetensors\" /><AdditionalFiles "
                + "Include=\"words.txt\" />", succeeds: false),
            StringComparison.Ordinal);

    private static IEnumerable<string> Described(JsonElement items, string type, params string[] metadata) => items.GetProperty(type).EnumerateArray()
        .Select(item => string.Join('|', [
            item.GetProperty("Identity").GetString()!.Replace('\\', '/'),
            .. metadata.Select(name => item.TryGetProperty(name, out JsonElement value) ? Path.GetFileName(value.GetString()!) : "")]))
        .Order(StringComparer.Ordinal);

    private JsonElement Items(string items) => JsonDocument.Parse(Run(items, succeeds: true)).RootElement.GetProperty("Items");

    private string Run(string items, bool succeeds) =>
        _project.Run($"<ItemGroup>{items}</ItemGroup>", succeeds, "-t:CnnIncludeWeights", "-getItem:EmbeddedResource", "-getItem:AdditionalFiles");
}
