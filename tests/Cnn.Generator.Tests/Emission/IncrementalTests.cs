using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Tests.Emission;

/// <summary>What an edit makes run again. Editors run the pipeline while somebody types: only a changed network may cost anything.</summary>
public sealed class IncrementalTests
{
    private const string Program = "public static class Program { public static int Answer() => 41; }";

    [Fact]
    public void An_edit_in_another_file_runs_nothing_again()
        => RunsAgain(compilation => Replace(compilation, 1, "41", "42"), IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached);

    [Fact]
    public void A_new_file_runs_nothing_again()
        => RunsAgain(
            compilation => compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("public class Another;", path: "Another.cs")),
            IncrementalStepRunReason.Cached,
            IncrementalStepRunReason.Cached);

    [Fact]
    public void A_comment_or_a_blank_line_in_the_network_s_file_runs_nothing_again()
        => RunsAgain(
            compilation => Replace(compilation, 0, "[Network]", "// The lecture's network.\n\n[Network]"), IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached);

    [Fact]
    public void An_edit_inside_the_network_s_class_runs_nothing_again()
        => RunsAgain(
            compilation => Replace(compilation, 0, "partial class LeNet;", "partial class LeNet { public int Epochs => 3; }"),
            IncrementalStepRunReason.Cached,
            IncrementalStepRunReason.Cached);

    [Fact]
    public void A_changed_layer_runs_everything_again()
        => RunsAgain(compilation => Replace(compilation, 0, "Conv(20", "Conv(24"), IncrementalStepRunReason.Modified, IncrementalStepRunReason.Modified);

    [Fact]
    public void A_change_that_means_the_same_runs_nothing_again()
        => RunsAgain(compilation => Replace(compilation, 0, "Conv(20, 5", "Conv(4 * 5, 5"), IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached);

    private static void RunsAgain(Func<CSharpCompilation, CSharpCompilation> edit, IncrementalStepRunReason shape, IncrementalStepRunReason emit)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        CSharpCompilation compilation = Compiling.Sources(Networks.LeNet, Program);
        GeneratorDriver driver = Generating.Driver().RunGenerators(compilation, token);
        driver = driver.RunGenerators(edit(compilation), token);
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        Assert.Equal([shape], Reasons(result, TrackingNames.Shape));
        Assert.Equal([emit], Reasons(result, TrackingNames.Emit));
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step) =>
        result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason).Distinct();

    private static CSharpCompilation Replace(CSharpCompilation compilation, int file, string old, string replacement)
    {
        SyntaxTree tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == FormattableString.Invariant($"Network{file}.cs"));
        string text = tree.ToString();
        Assert.Contains(old, text, StringComparison.Ordinal);
        return compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(text.Replace(old, replacement, StringComparison.Ordinal), path: tree.FilePath));
    }
}
