using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Tests.Emission;

/// <summary>What <c>CnnTrace</c> adds to the text, and that nothing of it is there without.</summary>
public sealed class TraceTextTests
{
    [Fact]
    public void Without_CnnTrace_nothing_of_a_trace_is_generated()
        => Assert.All(Generating.Files(Networks.LeNet).Values, text => Assert.DoesNotContain("Trace", text, StringComparison.Ordinal));

    [Fact]
    public void CnnTrace_adds_short_steps_and_changes_neither_kernels_nor_training()
    {
        Dictionary<string, string> without = Files("false");
        Dictionary<string, string> with = Files("true");
        foreach (string file in (string[])["LeNet.g.cs", "LeNet.Trainer.g.cs", "LeNet.Kernels.g.cs"])
            Assert.Equal(without[file], with[file]);
        string layers = without["LeNet.Layers.g.cs"];
        Assert.StartsWith(layers[..layers.LastIndexOf("    }\n}", StringComparison.Ordinal)].TrimEnd(), with["LeNet.Layers.g.cs"], StringComparison.Ordinal);
        Assert.InRange(with.Values.Sum(text => text.Length) - without.Values.Sum(text => text.Length), 1_000, 12_500);
    }

    private static Dictionary<string, string> Files(string trace) => CSharpGeneratorDriver
        .Create([new NetworkGenerator().AsSourceGenerator()], optionsProvider: new ProjectOptions("build_property.CnnTrace", trace))
        .RunGenerators(Compiling.Sources(Networks.LeNet), TestContext.Current.CancellationToken)
        .GetRunResult().Results.Single().GeneratedSources
        .ToDictionary(source => source.HintName, source => source.SourceText.ToString(), StringComparer.Ordinal);
}
