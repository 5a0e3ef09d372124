using System.Collections.Immutable;
using Cnn.Generator.Model;
using Cnn.Generator.Tests.Harness;
using CsCheck;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Tests.Reading;

/// <summary>Code is wrong most of the time while it is being written.</summary>
public sealed class HalfTypedCodeTests
{
    [Theory]
    [InlineData("Conv(\"x\", 3)")]
    [InlineData("Conv")]
    [InlineData("Conv(")]
    [InlineData("Conv(4, 3, Strides = )")]
    [InlineData("Conv(4, 3, Strides = [1, \"2\"])")]
    [InlineData("Conv(4, 3, Groups = \"x\")")]
    [InlineData("Conv(4, 3, Groups = missing)")]
    [InlineData("Conv(3000000000, 3)")]
    [InlineData("Conv(4, 3.5)")]
    [InlineData("Conv(4, 3, Name = 5)")]
    [InlineData("Linear(1, 2, 3)")]
    [InlineData("BatchNorm(Epsilon = \"small\")")]
    [InlineData("Dropout(null)")]
    public async Task The_compilers_own_errors_are_not_repeated_and_nothing_follows_from_them(string layer)
    {
        CSharpCompilation compilation = Compiling.Sources($"[Network, Input(3, 9, 9), {layer}, Linear(2)] public partial class Net;");
        Assert.Contains(compilation.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Empty(await Analyzing.Run(compilation));
    }

    [Theory]
    [InlineData("Conv(\"x\", 3)", "conv1 cannot be read, because the compiler finds an error in it; correct that first")]
    [InlineData("Flaten", "[Flaten] is no layer, and no other attribute that the compiler finds; did you mean Flatten?")]
    public void A_network_that_cannot_be_read_has_no_shapes(string layer, string message)
    {
        ShapeResult result = Networks.Infer($"[Input(3, 9, 9), {layer}, Linear(2)]");
        Assert.Null(result.Network);
        Assert.Equal([message], result.Faults.Select(FaultCatalog.Message));
    }

    [Theory]
    [InlineData("[Network, Input(3, 9, 9), Flaten, Linear(2)]", "Flaten", "did you mean Flatten?")]
    [InlineData("[Netwrk, Input(3, 9, 9), Flatten, Linear(2)]", "Netwrk", "did you mean Network?")]
    [InlineData("[Network, Input(3, 9, 9), Conv2d(4, 3), Flatten, Linear(2)]", "Conv2d", "did you mean Conv?")]
    [InlineData("[Network, Input(3, 9, 9), Cnn.RelU, Flatten, Linear(2)]", "RelU", "did you mean ReLU?")]
    [InlineData("[Network, Input(3, 9, 9), Flatten, Dense(2)]", "Dense", "did you mean Linear?")]
    [InlineData("[Network, Input(3, 9, 9), Descripton, Linear(2)]", "Descripton", "correct its name, or add the using directive of its namespace")]
    public async Task A_misspelt_attribute_is_one_error_and_does_not_make_the_next_layer_wrong(string attributes, string name, string advice)
    {
        CSharpCompilation compilation = Compiling.Sources(attributes + " public partial class Net;");
        Diagnostic found = Assert.Single(await Analyzing.Run(compilation));
        Assert.Equal("CNN0036", found.Id);
        Assert.StartsWith(attributes[attributes.IndexOf(name, StringComparison.Ordinal)..],
            found.Location.SourceTree!.ToString()[found.Location.SourceSpan.Start..].Replace("Cnn.", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal($"[{name}] is no layer, and no other attribute that the compiler finds; {advice}",
            found.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Analyzing.Generated(compilation, ProjectFiles.None.InBuild(), out ImmutableArray<Diagnostic> built);
        Assert.Equal(found.ToString(), Assert.Single(built).ToString());
    }

    /// <summary>Another generator may write the constant, so that the compiler finds no error in the end.</summary>
    [Fact]
    public void A_name_that_is_missing_now_is_an_error_whatever_becomes_of_it()
    {
        CSharpCompilation compilation = Compiling.Sources(
            "[Network, Input(4), Linear(First.OutputLength)] public partial class Second;", "[Network, Input(4), Linear(2)] public partial class First;");
        CSharpCompilation generated = Analyzing.Generated(compilation, ProjectFiles.None.InBuild(), out ImmutableArray<Diagnostic> built);
        Assert.DoesNotContain(generated.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Diagnostic found = Assert.Single(built);
        Assert.Equal("CNN0017", found.Id);
        Assert.Contains("'First' does not contain a definition for 'OutputLength'", found.GetMessage(System.Globalization.CultureInfo.InvariantCulture),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("interface Net;")]
    [InlineData("enum Net;")]
    [InlineData("delegate void Net();")]
    public async Task What_cannot_carry_the_attributes_is_left_to_the_compiler(string declaration) =>
        Assert.Empty(await Analyzing.Run(Compiling.Sources("[Network, Input(4), Linear(2)] " + declaration)));

    [Fact]
    public void A_null_array_was_not_given()
    {
        ConvSpec conv = Assert.IsType<ConvSpec>(Networks.ReadLayers("[Input(3, 9, 9), Conv(4, 3, Strides = null, Name = null)]").Layers[1]);
        Assert.Null(conv.Window.Strides);
        Assert.Equal("conv1", conv.Name);
        Assert.Equal(["CNN1002"], Networks.Infer("[Input(3, 9, 9), Conv(4, null)]").Faults.Select(fault => fault.Id));
        Assert.Equal(["CNN1002"], Networks.Infer("[Input(null), Linear(4)]").Faults.Select(fault => fault.Id));
    }

    [Fact]
    public void Broken_text_never_throws() => NeverThrows(Networks.LeNet, "", "(", "]", "-", "99999999999", "null", "\"", "[", "Conv", "= 3,");

    [Fact]
    public void Broken_text_of_blocks_never_throws() => NeverThrows(
        Blocks.InvertedResidual + "[Network, Input(3, 9, 9), Block<InvertedResidual>(24, 2, Repeat = 2), Flatten, Linear(2)] public partial class Net;",
        "", "(", "]", "-", "0", "99999999999", "/ 0", "? 1 : 0", "Block<", "Block<InvertedResidual>,", "Stride", "In",
        "static readonly", "<T>", "[", "= Expansion");

    private static void NeverThrows(string source, params string[] insertions)
    {
        Gen<string> typed = Gen.OneOfConst(insertions);
        Gen.Int[0, source.Length - 1].Select(Gen.Int[0, 12], typed).Sample(
            (start, length, inserted) =>
            {
                string broken = source.Remove(start, Math.Min(length, source.Length - start)).Insert(start, inserted);
                CSharpCompilation compilation = Compiling.Sources(broken);
                ImmutableArray<Diagnostic> found = Analyzing.Run(compilation).GetAwaiter().GetResult();
                GeneratorRunResult generated = Generating.Driver().RunGenerators(compilation).GetRunResult().Results.Single();
                return generated.Exception is null && found.All(diagnostic => diagnostic.Id.StartsWith("CNN", StringComparison.Ordinal));
            },
            iter: 150,
            threads: 1);
    }
}
