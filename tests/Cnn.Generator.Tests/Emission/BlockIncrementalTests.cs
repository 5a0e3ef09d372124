using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Tests.Emission;

/// <summary>What an edit of a block, in a file of its own, makes run again for the networks that use it.</summary>
public sealed class BlockIncrementalTests
{
    private const string Block =
        """
        [Block, Conv(Channels, 3, Padding = 1), ReLU]
        public sealed class Stage { public const int Channels = Numbers.Few; }
        """;

    private const string Network = "[Network, Input(3, 8, 8), Block<Stage>(Repeat = 2), Flatten, Linear(10)] public sealed partial class Net;";
    private const string Other = "[Network, Input(3, 8, 8), Conv(4, 3)] public sealed partial class Other;";
    private const string Constants = "public static class Numbers { public const int Few = 4; public const int Many = 100; }";

    [Theory]
    [InlineData("Conv(Channels, 3, Padding = 1)", "Conv(Channels, 5, Padding = 2)")]
    [InlineData("ReLU", "ReLU6")]
    [InlineData("Channels = Numbers.Few", "Channels = Numbers.Many")]
    [InlineData("Conv(Channels, 3", "Conv(Channels | 1, 3")]
    public void An_edit_of_a_block_generates_the_networks_that_use_it_and_no_others(string old, string edited)
        => Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], Reasons(0, old, edited));

    [Fact]
    public void An_edit_of_a_constant_that_a_block_reads_generates_the_networks_that_use_it()
        => Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], Reasons(3, "Few = 4", "Few = 6"));

    [Theory]
    [InlineData("public sealed class Stage {", "// A stage.\n\npublic sealed class Stage { public const string Title = \"stage\";")]
    [InlineData("Conv(Channels, 3", "Conv(Channels, 1 + 2")]
    public void An_edit_that_changes_no_layer_generates_nothing(string old, string edited)
        => Assert.Equal([IncrementalStepRunReason.Cached], Reasons(0, old, edited));

    [Fact]
    public void A_faulty_block_that_is_mended_gives_the_networks_back()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        CSharpCompilation compilation = Compiling.Sources(Block.Replace("Conv(", "Convolution(", StringComparison.Ordinal), Network, Other, Constants);
        GeneratorDriver driver = Generating.Driver().RunGenerators(compilation, token);
        Assert.Contains(driver.GetRunResult().GeneratedTrees, tree => tree.ToString().Contains("has errors", StringComparison.Ordinal));
        driver = driver.RunGenerators(Edit(compilation, 0, "Convolution(", "Conv("), token);
        Assert.DoesNotContain(driver.GetRunResult().GeneratedTrees, tree => tree.ToString().Contains("has errors", StringComparison.Ordinal));
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(int file, string old, string edited)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        CSharpCompilation compilation = Compiling.Sources(Block, Network, Other, Constants);
        GeneratorDriver driver = Generating.Driver().RunGenerators(compilation, token);
        driver = driver.RunGenerators(Edit(compilation, file, old, edited), token);
        return driver.GetRunResult().Results.Single().TrackedSteps[TrackingNames.Shape].SelectMany(run => run.Outputs)
            .Select(output => output.Reason).Distinct().Order();
    }

    private static CSharpCompilation Edit(CSharpCompilation compilation, int file, string old, string edited)
    {
        SyntaxTree tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == FormattableString.Invariant($"Network{file}.cs"));
        string text = tree.ToString();
        Assert.Contains(old, text, StringComparison.Ordinal);
        return compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(text.Replace(old, edited, StringComparison.Ordinal), path: tree.FilePath));
    }
}
