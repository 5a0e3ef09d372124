using System.Collections.Immutable;
using System.Globalization;
using Cnn.Generator.Model;
using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Tests.Diagnostics;

/// <summary>Weights files that do not fit the network that they are to be put into.</summary>
public sealed class WeightsDiagnosticsTests
{
    private const string Layers = "[Input(1, 9, 9)]\n[Conv(4, 3, Bias = false), BatchNorm, ReLU]\n[Flatten]\n[Linear(10)]";
    private const string Unmarked = $"[Network]\n{Layers}\npublic partial class Net;";

    [Fact]
    public Task Weights_that_fit_are_not_shown() => Analyzing.ShowsWith(Edited("", ""), Unmarked);

    [Fact]
    public Task A_missing_tensor_is_shown_at_its_layer() => Analyzing.ShowsWith(
        Edited("tensor linear1.bias F32 10\n", ""),
        Marked("CNN3001", "Linear(10)"),
        "linear1 needs the tensor 'linear1.bias' of the shape 10, but weights.safetensors has none of that name; "
        + "save the weights of this declaration, or name the layer as the file does");

    [Fact]
    public Task A_tensor_of_another_name_is_shown_where_it_is_missing_with_the_name_that_it_has() => Analyzing.ShowsWith(
        Edited("linear1.bias", "linear_1.bias"),
        Marked("CNN3001", "Linear(10)").Replace("class Net", "class {|CNN3002:Net|}", StringComparison.Ordinal),
        "linear1 needs the tensor 'linear1.bias' of the shape 10, but weights.safetensors has none of that name (it has 'linear_1.bias'); "
        + "save the weights of this declaration, or name the layer as the file does",
        "weights.safetensors has the tensor 'linear_1.bias' of the shape 10, but Net has no layer of that name; "
        + "save the weights of this declaration, or declare the layer that the tensor belongs to");

    [Fact]
    public Task An_unexpected_tensor_is_shown_at_the_layer_that_it_is_called_after() => Analyzing.ShowsWith(
        Edited("tensor batchnorm1.weight", "tensor conv1.bias F32 4\ntensor batchnorm1.weight"),
        Marked("CNN3002", "Conv(4, 3, Bias = false)"),
        "weights.safetensors has the tensor 'conv1.bias' of the shape 4, but conv1 has no such parameter; "
        + "save the weights of this declaration, or declare the layer that the tensor belongs to");

    [Fact]
    public Task A_tensor_of_another_shape_is_shown_at_its_layer() => Analyzing.ShowsWith(
        Edited("4x1x3x3", "4x1x5x5"),
        Marked("CNN3003", "Conv(4, 3, Bias = false)"),
        "'conv1.weight' of conv1 has the shape 4x1x5x5 in weights.safetensors, but needs 4x1x3x3; save the weights of this declaration");

    [Theory]
    [InlineData("Linear(10)", "linear1", "10x196", "196x10")]
    [InlineData("Conv(4, 3, Bias = false)", "conv1", "4x1x3x3", "1x4x3x3")]
    [InlineData("Conv(4, 3, Bias = false)", "conv1", "4x1x3x3", "3x3x1x4")]
    public Task A_transposed_tensor_is_called_transposed(string layer, string name, string needed, string found) => Analyzing.ShowsWith(
        Edited(needed, found),
        Marked("CNN3003", layer),
        $"'{name}.weight' of {name} has the shape {found} in weights.safetensors, but needs {needed}; "
        + "its axes stand in another order, so transpose it before it is saved");

    [Fact]
    public Task A_tensor_without_real_numbers_is_shown_at_its_layer() => Analyzing.ShowsWith(
        Edited("linear1.bias F32 10", "linear1.bias I64 10 Type"),
        Marked("CNN3004", "Linear(10)"),
        "'linear1.bias' of linear1 is of type I64 in weights.safetensors, but needs real numbers; save it as F32, F64, F16 or BF16");

    [Fact]
    public Task A_tensor_that_is_not_finite_is_shown_at_its_layer() => Analyzing.ShowsWith(
        Edited("batchnorm1.running_var F32 4", "batchnorm1.running_var F32 4 NotFinite 1 of 4, the first at element 2, NaN"),
        Marked("CNN3005", "BatchNorm"),
        "'batchnorm1.running_var' of batchnorm1 has values in weights.safetensors that are not finite "
        + "(1 of 4, the first at element 2, NaN), but needs finite ones, "
        + "because outputs would not be finite either; take weights from before the training diverged");

    [Fact]
    public Task A_tensor_that_is_cut_off_is_shown_at_its_layer() => Analyzing.ShowsWith(
        Edited("linear1.weight F32 10x196", "linear1.weight F32 10x196 CutOff 100 of its 7840 bytes"),
        Marked("CNN3006", "Linear(10)"),
        "'linear1.weight' of linear1 is cut off in weights.safetensors, which has 100 of its 7840 bytes; take a whole copy of the file, or save it anew");

    [Fact]
    public Task A_file_that_cannot_be_read_is_shown_at_the_class() => Analyzing.ShowsWith(
        ProjectFiles.None.With("Net",
            "file weights.safetensors\ndamage there is no file 'weights.safetensors'; put it there, or mend the Include of <CnnWeights>\n"),
        Unmarked.Replace("class Net", "class {|CNN3007:Net|}", StringComparison.Ordinal),
        "The weights of Net cannot be taken from weights.safetensors: there is no file 'weights.safetensors'; "
        + "put it there, or mend the Include of <CnnWeights>");

    [Fact]
    public Task A_fault_inside_a_block_is_shown_in_the_block() => Analyzing.ShowsWith(
        ProjectFiles.None.With("Net", "file weights.safetensors\ntensor part1.linear1.weight F32 4x4\ntensor part1.linear1.bias F32 5\n"),
        "[Block, {|CNN3003:Linear(4)|}, ReLU] public class Part; [Network, Input(4), Block<Part>] public partial class Net;",
        "'part1.linear1.bias' of part1.linear1 has the shape 5 in weights.safetensors, but needs 4; save the weights of this declaration");

    [Fact]
    public async Task A_member_of_the_user_that_networks_with_weights_get_is_shown()
    {
        const string Declaration =
            $"[Network]\n{Layers}\npublic partial class Net {{{{ public static int {{0}} => 3; public static int CreatePretrained(int count) => count; }}}}";
        await Analyzing.ShowsWith(
            Edited("", ""),
            string.Format(CultureInfo.InvariantCulture, Declaration, "{|CNN0006:Pretrained|}"),
            "Net declares Pretrained, but the generator adds that member; rename or remove it");
        await Analyzing.ShowsNothing(string.Format(CultureInfo.InvariantCulture, Declaration, "Pretrained"));
    }

    [Theory]
    [InlineData("Nett", "there is no such class")]
    [InlineData("Other.Net", "there is no such class")]
    [InlineData("Nothing", "there is no such class")]
    [InlineData("Net", "First.Net and Second.Net are called so")]
    public async Task Weights_for_no_one_network_are_shown_in_the_project_file(string network, string problem)
    {
        ProjectFiles project = ProjectFiles.None.With(network, "file weights.safetensors\n");
        CSharpCompilation compilation = Compiling.Sources(
            $"namespace First {{ {Unmarked} }} namespace Second {{ "
            + $"{(problem.StartsWith("First", StringComparison.Ordinal) ? Unmarked : "")} }} public class Nothing;");
        Diagnostic found = Assert.Single(await Analyzing.Run(compilation, project), diagnostic => diagnostic.Id == FaultIds.WeightsWithoutNetwork);
        Assert.Equal(
            $"<CnnWeights> gives weights.safetensors to the network '{network}', but {problem}; let Network name one class with [Network], "
            + "with its namespace where others are called so too",
            found.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal(ProjectFiles.Project, found.Location.GetLineSpan().Path);
        Analyzing.Generated(compilation, project.InBuild(), out ImmutableArray<Diagnostic> built);
        Assert.Equal(found.ToString(), Assert.Single(built, diagnostic => diagnostic.Id == FaultIds.WeightsWithoutNetwork).ToString());
    }

    [Theory]
    [InlineData("First.Net")]
    [InlineData("Second.Outer.Net")]
    public async Task A_namespace_and_outer_classes_tell_networks_of_one_name_apart(string network)
    {
        CSharpCompilation compilation = Compiling.Sources(
            $"namespace First {{ {Unmarked} }} namespace Second {{ public partial class Outer {{ {Unmarked} }} }}");
        Assert.DoesNotContain(await Analyzing.Run(compilation, ProjectFiles.None.With(network, "")),
            diagnostic => diagnostic.Id == FaultIds.WeightsWithoutNetwork);
    }

    private static ProjectFiles Edited(string old, string replacement) => ProjectFiles.For(Networks.Shape(Layers), manifest =>
    {
        Assert.Contains(old, manifest, StringComparison.Ordinal);
        return old.Length == 0 ? manifest : manifest.Replace(old, replacement, StringComparison.Ordinal);
    });

    private static string Marked(string id, string layer) => Unmarked.Replace(layer, $"{{|{id}:{layer}|}}", StringComparison.Ordinal);
}
