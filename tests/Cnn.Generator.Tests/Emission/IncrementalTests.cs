using Cnn.Generator.Model;
using Cnn.Generator.Reading;
using Cnn.Generator.Shapes;
using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit.Sdk;

namespace Cnn.Generator.Tests.Emission;

/// <summary>What an edit makes run again. Editors run the pipeline while somebody types: only a changed network may cost anything.</summary>
public sealed class IncrementalTests
{
    private const string Program =
        "public static class Program { public static int Answer() => 41; } public static class Sizes { public const int Channels = 20; }";
    private static readonly string Sized = Networks.LeNet.Replace("Conv(20,", "Conv(Sizes.Channels,", StringComparison.Ordinal);

    [Fact]
    public void The_same_compilation_runs_nothing_at_all()
    {
        CSharpCompilation compilation = Compiling.Sources(Networks.LeNet, Program);
        Assert.Equal(new StepReasons("Cached", "Cached", "Cached", "Cached"), StepReasons.Of(new NetworkGenerator(), compilation, compilation));
    }

    [Fact]
    public void A_new_file_looks_at_the_declaration_alone() => Edit(
        compilation => compilation.AddSyntaxTrees(Parse("public class Another;")),
        StepReasons.Unchanged());

    [Theory]
    [InlineData(1, "41", "42")]
    [InlineData(1, "=> 41", "{ return 41; }")]
    [InlineData(0, "[Network]", "// The lecture's network.\n\n[Network]")]
    [InlineData(0, "[Network]", "public class Before;\n[Network]")]
    [InlineData(0, "partial class LeNet;", "partial class LeNet { public int Epochs => 3; }")]
    [InlineData(0, ", ReLU", ",    ReLU /* nonlinear */")]
    [InlineData(0, "Conv(20, 5", "Conv(4 * 5, 5")]
    [InlineData(0, "Conv(20, 5", "Conv(outChannels: 20, kernel: 5")]
    [InlineData(0, "Linear(500), ReLU]", "Linear(500)]\n[ReLU]")]
    [InlineData(0, "[Flatten]", "[Flatten, Obsolete]")]
    public void An_edit_that_leaves_the_network_as_it_is_looks_at_the_declaration_alone(int file, string old, string replacement) =>
        Edit(compilation => Replace(compilation, file, old, replacement), StepReasons.Unchanged());

    [Theory]
    [InlineData("ReLU, MaxPool", "Tanh, MaxPool")]
    [InlineData("Conv(20", "Conv(24")]
    [InlineData("[Linear(500), ReLU]\n", "")]
    [InlineData("class LeNet;", "class LeNet5;")]
    public void An_edit_of_the_network_runs_everything(string old, string replacement) =>
        Edit(compilation => Replace(compilation, 0, old, replacement), StepReasons.Modified);

    [Fact]
    public void A_constant_of_another_file_that_an_argument_uses_runs_everything()
    {
        CSharpCompilation compilation = Compiling.Sources(Sized, Program);
        Assert.Equal(StepReasons.Modified, StepReasons.Of(new NetworkGenerator(), compilation, Replace(compilation, 1, "Channels = 20", "Channels = 24")));
        Assert.Equal(StepReasons.Unchanged(),
            StepReasons.Of(new NetworkGenerator(), compilation, Replace(compilation, 1, "Channels = 20", "Channels = 4 * 5")));
    }

    [Fact]
    public void Another_option_of_the_project_plans_and_emits_anew()
    {
        CSharpCompilation compilation = Compiling.Sources(Networks.LeNet, Program);
        StepReasons reasons = StepReasons.Of(new NetworkGenerator(), compilation, compilation, new ProjectOptions("build_property.CnnInstructionSets", "avx2"));
        Assert.Equal(new StepReasons("Cached", "Cached", "Modified", "Modified"), reasons);
        reasons = StepReasons.Of(new NetworkGenerator(), compilation, compilation, new ProjectOptions("build_property.Unknown", "1"));
        Assert.Equal(new StepReasons("Cached", "Cached", "Cached", "Cached"), reasons);
    }

    [Fact]
    public void An_edit_of_one_network_leaves_the_other_alone()
    {
        CSharpCompilation compilation = Compiling.Sources(Networks.LeNet, "[Network, Input(4), Linear(3)] public partial class Small;");
        StepReasons reasons = StepReasons.Of(new NetworkGenerator(), compilation, Replace(compilation, 1, "Linear(3)", "Linear(2)"));
        Assert.Equal(new StepReasons("Unchanged, Modified", "Cached, Modified", "Cached, Modified", "Cached, Modified"), reasons);
    }

    [Fact]
    public void A_new_and_a_removed_network_leave_the_other_alone()
    {
        CSharpCompilation one = Compiling.Sources(Networks.LeNet);
        CSharpCompilation two = one.AddSyntaxTrees(Parse("[Network, Input(4), Linear(3)] public partial class Small;"));
        Assert.Equal(new StepReasons("Unchanged, New", "Cached, New", "Cached, New", "Cached, New"), StepReasons.Of(new NetworkGenerator(), one, two));
        Assert.Equal(new StepReasons("Unchanged, Removed", "Cached, Removed", "Cached, Removed", "Cached, Removed"),
            StepReasons.Of(new NetworkGenerator(), two, one));
    }

    [Fact]
    public void A_fault_and_its_mending_run_everything()
    {
        CSharpCompilation compilation = Compiling.Sources(Networks.LeNet);
        CSharpCompilation faulty = Replace(compilation, 0, "[Flatten]\n", "");
        Assert.Equal(StepReasons.Modified, StepReasons.Of(new NetworkGenerator(), compilation, faulty));
        Assert.Equal(StepReasons.Modified, StepReasons.Of(new NetworkGenerator(), faulty, compilation));
        Assert.Equal(StepReasons.Unchanged(), StepReasons.Of(new NetworkGenerator(), faulty, faulty.AddSyntaxTrees(Parse(Program))));
    }

    /// <summary>If a model held something with an identity, these tests would say so: here one does.</summary>
    [Fact]
    public void A_model_that_never_equals_itself_would_be_found()
    {
        CSharpCompilation compilation = Compiling.Sources(Networks.LeNet, Program);
        CSharpCompilation edited = Replace(compilation, 1, "41", "42");
        Assert.Equal(StepReasons.Unchanged(), StepReasons.Of(new NetworkGenerator(), compilation, edited));
        Assert.Throws<EqualException>(() => Assert.Equal(StepReasons.Unchanged(), StepReasons.Of(new ForgetfulGenerator(), compilation, edited)));
        Assert.Equal(StepReasons.Modified with { Emit = "Unchanged" }, StepReasons.Of(new ForgetfulGenerator(), compilation, edited));
    }

    private static SyntaxTree Parse(string text) =>
        CSharpSyntaxTree.ParseText(text, path: "Added.cs", cancellationToken: TestContext.Current.CancellationToken);

    private static void Edit(Func<CSharpCompilation, CSharpCompilation> edit, StepReasons expected)
    {
        CSharpCompilation compilation = Compiling.Sources(Networks.LeNet, Program);
        Assert.Equal(expected, StepReasons.Of(new NetworkGenerator(), compilation, edit(compilation)));
    }

    private static CSharpCompilation Replace(CSharpCompilation compilation, int file, string old, string replacement)
    {
        SyntaxTree tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == FormattableString.Invariant($"Network{file}.cs"));
        string text = tree.ToString();
        Assert.Contains(old, text, StringComparison.Ordinal);
        return compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(text.Replace(old, replacement, StringComparison.Ordinal), path: tree.FilePath));
    }

    /// <summary>The generator's steps over a declaration that is another one at each look.</summary>
    private sealed class ForgetfulGenerator : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
            context.SyntaxProvider
                .ForAttributeWithMetadataName(
                    ContractNames.NetworkMetadataName,
                    NetworkReader.IsCandidate,
                    static (context, token) => NetworkReader.Read(context,
                        token)! with
                    { Faults = [new Fault { Id = FaultIds.Generic, Arguments = [Guid.NewGuid().ToString()] }] })
                .WithTrackingName(TrackingNames.Read)
                .Select(static (spec, token) => ShapeInference.Infer(spec, token)).WithTrackingName(TrackingNames.Shape)
                .Select(static (result, _) => result.Faults).WithTrackingName(TrackingNames.Plan)
                .Select(static (faults, _) => faults.Length).WithTrackingName(TrackingNames.Emit),
            static (output, count) => output.AddSource("Count.g.cs", $"// {count}"));
    }
}
