using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Tests.Emission;

/// <summary>What a network gets from weights that the project puts into its assembly, and what makes the generator look at them again.</summary>
public sealed class PretrainedTests
{
    private const string Layers = "[Input(1, 9, 9)]\n[Conv(4, 3), BatchNorm, ReLU]\n[Flatten]\n[Linear(10)]";
    private const string Source = $"[Network]\n{Layers}\npublic partial class Net;";
    private const string Use =
        "public static class Program { public static int Main() { using Net.Predictor p = Net.Pretrained; return p.Classify(new float[81]) + "
        + "Net.CreatePretrained(new() { Threads = 2 }).BatchSize; } }";

    private static ProjectFiles Fitting => ProjectFiles.For(Networks.Shape(Layers));

    [Fact]
    public void A_network_with_weights_has_Pretrained_and_one_without_has_not()
    {
        Assert.Empty(Errors(Fitting, Source, Use));
        Assert.Equal(["CS0117", "CS0117"], Errors(ProjectFiles.None, Source, Use));
    }

    [Fact]
    public void With_a_trace_it_can_load_the_weights_as_they_were()
    {
        const string Loading = "protected override _run::NetworkCore? LoadEmbedded()";
        ProjectFiles traced = Fitting.WithProperty("CnnTrace", "true");
        Assert.Empty(Errors(traced, Source, Use));
        Assert.Contains(Texts(traced), text => text.Contains(Loading, StringComparison.Ordinal));
        Assert.DoesNotContain(Texts(Fitting), text => text.Contains(Loading, StringComparison.Ordinal));

        static IEnumerable<string> Texts(ProjectFiles project) =>
            Analyzing.Generated(Compiling.Sources(Source, Use), project).SyntaxTrees.Select(tree => tree.ToString());
    }

    [Fact]
    public void An_editor_knows_Pretrained_before_the_first_build() => Assert.Empty(Errors(ProjectFiles.None.With("Net", ""), Source, Use));

    [Fact]
    public void Weights_that_do_not_fit_leave_the_network_and_its_uses_as_they_are() =>
        Assert.Empty(Errors(ProjectFiles.For(Networks.Shape("[Input(4)]\n[Linear(3)]")), Source, Use));

    [Fact]
    public void A_member_of_the_user_of_that_name_gives_no_second_error() =>
        Assert.Empty(Errors(Fitting, Source.Replace("class Net;", "class Net { public static int Pretrained => 3; }", StringComparison.Ordinal)));

    [Fact]
    public void A_faulty_network_with_weights_gives_no_error_about_Pretrained() =>
        Assert.Empty(Errors(Fitting, Source.Replace("[Flatten]\n", "", StringComparison.Ordinal), Use));

    [Fact]
    public void A_nested_network_whose_name_is_a_keyword_has_Pretrained_too() => Assert.Empty(Errors(
        ProjectFiles.None.With("class", ""),
        "namespace Some.Space { public partial class Outer { [Network, Input(4), Linear(3)] internal sealed partial class @class { } "
        + "public static int Use() => @class.Pretrained.Classify([]); } }"));

    [Fact]
    public void Another_way_of_packing_has_another_fingerprint()
    {
        string[] fingerprints = [.. new[]
        {
            Source, Source.Replace("BatchNorm", "ReLU", StringComparison.Ordinal),
            Source.Replace("BatchNorm", "BatchNorm(Epsilon = 0.001)", StringComparison.Ordinal)
        }.Select(Embedded)];
        Assert.Equal(3, fingerprints.Distinct().Count());
        Assert.Equal(fingerprints[0], Embedded(Source.Replace("class Net", "class Net ", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_unrelated_edit_costs_a_network_with_weights_nothing()
    {
        CSharpCompilation compilation = Compiling.Sources(Source);
        CSharpCompilation edited = compilation.AddSyntaxTrees(
            CSharpSyntaxTree.ParseText("public class Another;", cancellationToken: TestContext.Current.CancellationToken));
        ProjectFiles project = Fitting;
        Assert.Equal(StepReasons.Unchanged(), StepReasons.Of(compilation, edited, project, project));
        Assert.Equal(new StepReasons("Cached", "Cached", "Cached", "Cached"), StepReasons.Of(compilation, compilation, project, project));
    }

    [Fact]
    public void A_weights_file_of_the_same_tensors_costs_nothing()
    {
        CSharpCompilation compilation = Compiling.Sources(Source);
        Assert.Equal(new StepReasons("Cached", "Cached", "Cached", "Cached"), StepReasons.Of(compilation, compilation, Fitting, Fitting));
        ProjectFiles renamed = ProjectFiles.For(Networks.Shape(Layers), manifest => manifest.Replace("F32", "BF16", StringComparison.Ordinal));
        Assert.Equal(new StepReasons("Cached", "Cached", "Cached", "Cached"), StepReasons.Of(compilation, compilation, Fitting, renamed));
    }

    [Fact]
    public void A_weights_file_that_no_longer_fits_writes_the_error()
    {
        CSharpCompilation compilation = Compiling.Sources(Source);
        ProjectFiles cut = ProjectFiles.For(Networks.Shape(Layers),
            manifest => manifest.Replace("linear1.bias F32 10", "linear1.bias F32 11", StringComparison.Ordinal));
        Assert.Equal(new StepReasons("Cached", "Cached", "Modified", "Modified"), StepReasons.Of(compilation, compilation, Fitting, cut));
    }

    private static string[] Errors(ProjectFiles project, params string[] sources) =>
    [
        .. Analyzing.Generated(Compiling.Sources(sources), project).GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.Id),
    ];

    private static string Embedded(string source) => Analyzing.Generated(Compiling.Sources(source), ProjectFiles.None.With("Net", "")).SyntaxTrees
        .Select(tree => tree.ToString())
        .Single(text => text.Contains("EmbeddedWeights Embedded", StringComparison.Ordinal));
}
