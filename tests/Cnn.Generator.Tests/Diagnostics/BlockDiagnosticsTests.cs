using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Tests.Diagnostics;

public sealed class BlockDiagnosticsTests
{
    private const string Network = "[Network, Input(3, 9, 9), Block<Part>, Flatten, Linear(2)] public partial class Net;";

    [Fact]
    public async Task A_block_with_an_input_is_shown()
    {
        await Analyzing.Shows(
            "[Block, {|CNN0020:Input(3, 9, 9)|}, Conv(4, 3)] public class Part;",
            "A block has an [Input], but its shapes follow from what it is used on; remove [Input], or make the class a [Network]");
        await Analyzing.ShowsNothing("[Block, Conv(4, 3)] public class Part;");
    }

    [Theory]
    [InlineData("[FirstOnly] public const long {|CNN0021:N|} = 3;")]
    [InlineData("[InputChannels] public int {|CNN0021:N|} = 3;")]
    public Task A_marked_member_that_is_not_a_const_int_is_shown(string member) => Analyzing.Shows(
        $"[Block, Conv(4, 3)] public class Part {{ {member} }}",
        "N of Part is marked as an argument of the block, but is not a const int, so that no use can give it a number; "
        + "declare it as 'const int N' or remove the mark");

    [Fact]
    public Task A_block_without_layer_is_shown_at_its_name() => Analyzing.Shows(
        "[Block] public class {|CNN0022:Part|};",
        "Part has no layer, but a block needs at least one; add a layer attribute such as [Conv(16, 3, Padding = 1)]");

    [Theory]
    [InlineData("public class Part;", "Part", "Part")]
    [InlineData("public enum Part;", "Part", "Part")]
    [InlineData("", "string", "String")]
    public Task A_used_class_that_is_no_block_is_shown(string declaration, string used, string name) => Analyzing.Shows(
        $"{declaration} [Network, Input(3, 9, 9), {{|CNN0023:Block<{used}>|}}, Linear(2)] public partial class Net;",
        $"{name} is used as a block, but is not one; add [Block] and the block's layers to the class {name}");

    [Fact]
    public async Task A_block_of_another_assembly_is_shown_whether_it_is_compiled_or_not()
    {
        const string Library = "[Block, Conv(4, 3)] public class Part;";
        CSharpCompilation source = Compiling.Sources(Library).WithAssemblyName("Parts");
        foreach (CSharpCompilation compilation in (CSharpCompilation[])
            [Compiling.Sources(Network).WithLibraries(Library), Compiling.Sources(Network).AddReferences(source.ToMetadataReference())])
        {
            Assert.Equal(["CNN0024"], (await Analyzing.Run(compilation)).Select(diagnostic => diagnostic.Id));
        }
    }

    [Fact]
    public async Task Too_many_arguments_are_shown_at_the_first_that_is_too_much()
    {
        await Analyzing.Shows(
            "[Block, Conv(N, 3)] public class Part { public const int N = 1; } "
            + "[Network, Input(3, 9, 9), Block<Part>(1, {|CNN0025:2|}, 3), ReLU] public partial class Net;",
            "Part is given 3 arguments, but takes at most 1, its constants in the order of declaration: N; remove the others");
        await Analyzing.Shows(
            """
            [Block, Conv(N, 3)] public class Part { [InputChannels] public const int N = 1; }
            [Block, Block<Part>({|CNN0025:2|})] public class Whole;
            [Network, Input(3, 9, 9), Block<Whole>, ReLU] public partial class Net;
            """,
            "Part is given 1 arguments, but takes at most 0, its constants in the order of declaration: no const int; remove the others");
    }

    [Fact]
    public async Task Recursion_is_shown_in_every_block_that_takes_part()
    {
        await Analyzing.Shows(
            "[Block, Conv(4, 3), {|CNN0026:Block<Part>|}] public class Part;" + Network,
            "Part uses itself, so that it would never end; remove one of the uses");
        await Analyzing.Shows(
            "[Block, ReLU, {|CNN0026:Block<Other>|}] public class Part; [Block, {|CNN0026:Block<Part>|}] public class Other; "
            + "[Block, Block<Part>] public class Third;" + Network,
            "Part uses itself by way of Other, so that it would never end; remove one of the uses",
            "Other uses itself by way of Part, so that it would never end; remove one of the uses");
    }

    [Theory]
    [InlineData("Conv({|CNN0027:N ^ 1|}, 3)", "outChannels", "Conv", "N ^ 1")]
    [InlineData("Conv(4, 3, {|CNN0027:N ^ 1|})", "kernel", "Conv", "N ^ 1")]
    [InlineData("Conv(4, 3, {|CNN0027:Stride = (int)(long)N|})", "Stride", "Conv", "(int)(long)N")]
    public Task What_cannot_be_computed_anew_is_shown_at_the_argument(string layer, string argument, string kind, string expression) => Analyzing.Shows(
        $"[Block, {layer}] public class Part {{ public const int N = 2; }}",
        $"{argument} of {kind} is {expression}, which cannot be computed anew at each use; "
        + "use + - * / %, comparisons, && || ! and ?: on the block's constants, and conversions to int and double");

    [Fact]
    public async Task A_constant_that_cannot_be_computed_anew_is_shown_where_it_is_declared()
    {
        await Analyzing.Shows(
            "[Block, Conv(M, 3)] public class Part { public const int N = 2; public const int {|CNN0027:M|} = N ^ 1; }",
            "M of Part is N ^ 1, which cannot be computed anew at each use; "
            + "use + - * / %, comparisons, && || ! and ?: on the block's constants, and conversions to int and double");
        await Analyzing.ShowsNothing(
            "public static class E { public const int K = 1 << 3; } [Block, Conv(M, 3)] public class Part { public const int M = E.K << 1; }");
    }

    [Fact]
    public Task A_network_that_is_a_block_is_shown() => Analyzing.Shows(
        "[Network, Block, Input(3, 9, 9), Conv(4, 3)] public partial class {|CNN0028:Net|};",
        "Net has [Network] and [Block], but a block is a part that takes its shapes from its use; remove one of the two attributes");

    [Theory]
    [InlineData("Conv(4, 3, {|CNN0029:Name = \"input\"|})", "input")]
    [InlineData("Conv(4, 3, Padding = 1, {|CNN0029:Name = \"shortcut\"|}), Residual", "shortcut")]
    public async Task A_reserved_name_is_shown(string layers, string name)
    {
        await Analyzing.Shows(
            $"[Block, {layers}] public class Part; [Network, Input(3, 9, 9), Block<Part>] public partial class Net;",
            $"A layer of a block cannot be called {name}, because 'input' names what the block takes and 'shortcut' begins "
            + "the names of a [Residual]'s projection; "
            + "choose another name");
        await Analyzing.ShowsNothing(
            "[Block, Conv(4, 3, Name = \"shortcut\")] public class Part; "
            + "[Network, Input(3, 9, 9), Conv(3, 3, Name = \"input\"), Block<Part>] public partial class Net;");
    }

    [Theory]
    [InlineData("Conv({|CNN1020:8 / N|}, 3)", "0",
        "outChannels of Conv of part1 has no value, because its expression divides by 0 with the arguments of this use; ")]
    [InlineData("Conv(4, 3, {|CNN1020:Stride = N * N|})", "100000",
        "Stride of Conv of part1 has no value, because its expression leaves the range of int with the arguments of this use; ")]
    public Task An_argument_without_value_is_shown_in_the_block_with_the_uses_name(string layer, string given, string message) => Analyzing.Shows(
        $"[Block, {layer}] public class Part {{ public const int N = 2; }} [Network, Input(3, 9, 9), Block<Part>({given})] public partial class Net;",
        message + "change them or the expression");

    [Fact]
    public Task A_residual_outside_of_a_block_is_shown() => Analyzing.Shows(
        "[Network, Input(3, 9, 9), Conv(3, 1), {|CNN1021:Residual|}] public partial class Net;",
        "residual1 adds the input of its block, but Net is a network; move the layers of the residual connection into a class with [Block], "
        + "or name a layer and use [Add]");

    [Fact]
    public Task A_shortcut_of_another_shape_is_shown() => Analyzing.Shows(
        "[Block, Conv(4, 1), {|CNN1022:Residual(Shortcut = Shortcut.Identity)|}] public class Part;"
        + "[Network, Input(3, 9, 9), Block<Part>] public partial class Net;",
        "part1.residual1 adds the block's input 3x9x9 to 4x9x9, but their shapes differ and Shortcut.Identity allows no projection; "
        + "make the shapes equal, or leave Shortcut out");

    [Theory]
    [InlineData("Conv(4, 3)", "4x7x7", "no stride makes a height of 9 into 7")]
    [InlineData("Conv(4, 3, Padding = 2)", "4x11x11", "no stride makes a height of 9 into 11")]
    [InlineData("Flatten", "243", "they have another number of axes")]
    public Task A_shortcut_without_projection_is_shown(string layer, string shape, string reason) => Analyzing.Shows(
        $"[Block, {layer}, {{|CNN1023:Residual|}}] public class Part; [Network, Input(3, 9, 9), Block<Part>] public partial class Net;",
        $"part1.residual1 adds the block's input 3x9x9 to {shape}, but no convolution of kernel size 1 makes the one into the other, because {reason}; "
        + "change stride or padding in the block so that lengths are kept or divided");

    [Fact]
    public async Task Too_many_layers_are_shown_without_building_them()
    {
        await Analyzing.Shows(
            "[Block, ReLU] public class Part; [Network, Input(3, 9, 9), Block<Part>({|CNN1024:Repeat = int.MaxValue|})] public partial class Net;",
            "part1 makes the network longer than 10000 layers, which no compiler would get through; repeat the block less often");
        await Analyzing.Shows(
            "[Block, Block<B>(Repeat = 100)] public class A; [Block, {|CNN1024:Block<C>(Repeat = 100)|}] public class B; [Block, ReLU] public class C; "
            + "[Network, Input(3, 9, 9), Block<A>(Repeat = 100)] public partial class Net;",
            "a1.b100.c1 makes the network longer than 10000 layers, which no compiler would get through; repeat the block less often");
    }

    [Fact]
    public Task An_argument_of_the_use_is_checked_as_any_other() => Analyzing.Shows(
        "[Block, ReLU] public class Part; [Network, Input(3, 9, 9), Block<Part>({|CNN0014:Repeat = 0|}), Linear(2)] public partial class Net;",
        "Repeat of part1 is 0, but must be at least 1, because a block that is used runs at least once");

    [Fact]
    public Task A_block_within_a_block_cannot_run_less_than_not_at_all() => Analyzing.Shows(
        "[Block, ReLU] public class Part; [Block, ReLU, Block<Part>({|CNN0014:Repeat = N|})] public class Outer { public const int N = 2; } "
        + "[Network, Input(3, 9, 9), Block<Outer>(-1), Flatten, Linear(2)] public partial class Net;",
        "Repeat of outer1.part1 is -1, but must be at least 0, because a block runs that often, or not at all");

    [Fact]
    public async Task A_fault_inside_a_block_is_shown_once_there_and_points_at_the_uses()
    {
        const string Inner = "[Block, Conv(4, {|CNN1003:5|}), ReLU] public class Inner;";
        const string Source = Inner
            + "[Block, MaxPool(2), Block<Inner>] public class Outer; "
            + "[Network, Input(3, 9, 9), Block<Outer>, Block<Outer>, Block<Outer>] public partial class Net;";
        await Analyzing.Shows(
            Source,
            "outer1.inner1.conv1 (Conv 5x5) does not fit its input 3x4x4 (padded 4x4): use a kernel of at most 4, "
            + "Padding of at least 1 or fewer pools before it");
        Diagnostic fault = Assert.Single(await Analyzing.Run(Compiling.Sources(Markup.Parse(Source).Source)));
        Assert.Equal(
            ["MaxPool(2)", "Block<Inner>", "Block<Outer>"],
            fault.AdditionalLocations.Select(location => location.SourceTree!.GetText(TestContext.Current.CancellationToken).ToString(location.SourceSpan)));
    }

    [Fact]
    public async Task A_fault_of_a_block_in_another_file_is_shown_in_that_file()
    {
        Diagnostic fault = Assert.Single(await Analyzing.Run(Compiling.Sources(Network, "[Block, Conv(4, 10)] public class Part;")));
        Assert.Equal("Network1.cs", fault.Location.SourceTree?.FilePath);
        Assert.Equal("Network0.cs", fault.AdditionalLocations[^1].SourceTree?.FilePath);
    }

    [Fact]
    public async Task Advice_about_a_block_is_shown_once_in_the_block()
    {
        await Analyzing.ShowsAmong(
            ["CNN2004"],
            "[Block, {|CNN2004:Conv(4, 3)|}, BatchNorm, ReLU] public class Part; "
            + "[Network, Input(3, 9, 9), ReLU, Block<Part>(Repeat = 2), Block<Part>] public partial class Net;",
            "The bias of part1.conv1, 4 numbers, changes nothing, because part1.batchnorm1 subtracts the mean of each channel from it; set Bias = false");
        await Analyzing.ShowsNothing("[Block, Conv(4, 3, Name = \"a\"), ReLU(Name = \"b\"), Concat(\"a\", From = \"b\")] public class Part; "
            + "[Network, Input(3, 9, 9), Block<Part>] public partial class Net;");
    }

    [Fact]
    public async Task What_takes_the_output_of_a_block_names_the_use()
    {
        const string Source =
            "[Block, Conv(4, 3), ReLU] public class Part; [Network, Input(3, 9, 9), Block<Part>(Repeat = 2), {|CNN1006:Linear(2)|}] public partial class Net;";
        await Analyzing.Shows(Source, "linear1 needs a flat input, but part2 gives the feature map 4x5x5; insert [Flatten] before it");
    }

    [Fact]
    public Task An_unknown_name_in_a_block_lists_what_the_block_has() => Analyzing.Shows(
        "[Block, Conv(4, 3), Conv(4, 3, {|CNN1007:From = \"stem\"|})] public class Part; "
        + "[Network, Input(3, 9, 9), Conv(3, 3, Name = \"stem\"), Block<Part>] public partial class Net;",
        "part1.conv2 takes its input from 'stem', but there is no layer of that name; before it there are input, conv1");

    [Fact]
    public Task Names_that_repetitions_take_are_taken() => Analyzing.Shows(
        "[Block, ReLU] public class Part; "
        + "[Network, Input(3), Block<Part>(Repeat = 2, Name = \"run\"), Linear(3, {|CNN0016:Name = \"run2\"|})] public partial class Net;",
        "'run2' names two layers or ports, but a name must be unique, because parameters in weights files and members are called after it; "
        + "the Block at place 2 has it already");

    [Theory]
    [InlineData("Linear(3, Name = \"run2\"), ReLU, Block<Part>(Repeat = 2, {|CNN0016:Name = \"run\"|})", "run2", "Linear", 2)]
    [InlineData("Block<Part>(Name = \"run1\"), Block<Part>(Repeat = 2, {|CNN0016:Name = \"run\"|})", "run1", "Block", 2)]
    [InlineData("Block<Part>(Repeat = 2, Name = \"run\"), Block<Part>({|CNN0016:Name = \"run2\"|})", "run2", "Block", 2)]
    [InlineData("Linear(3, Name = \"run\"), ReLU, Block<Part>(Repeat = 2, {|CNN0016:Name = \"run\"|})", "run", "Linear", 2)]
    [InlineData("Linear(3, {|CNN0016:Name = \"part2\"|}), ReLU, Block<Part>(Repeat = 2)", "part2", "Block", 4)]
    [InlineData("Block<Part>(Repeat = 2), Linear(3, {|CNN0016:Name = \"part1\"|})", "part1", "Block", 2)]
    [InlineData("Block<Part>(Repeat = 2, {|CNN0016:Name = \"relu\"|}), ReLU(From = \"relu2\"), ReLU", "relu1", "ReLU", 3)]
    public Task A_layer_and_a_block_that_share_a_name_are_reported_by_that_name(string layers, string name, string kind, int place) => Analyzing.Shows(
        $"[Block, ReLU] public class Part; [Network, Input(3), {layers}] public partial class Net;",
        $"'{name}' names two layers or ports, but a name must be unique, because parameters in weights files and members are called after it; "
        + $"the {kind} at place {place} has it already");

    [Fact]
    public async Task A_block_that_does_not_compile_is_left_to_the_compiler()
    {
        foreach (string block in (string[])
            [
                "[Block, Conv(N, 3)] public class Part { public const int N = M; public const int M = N; }",
                "[Block, Conv(\"x\", 3)] public class Part;",
                "[Block, Conv(Missing, 3)] public class Part;",
            ])
        {
            Assert.Empty(await Analyzing.Run(Compiling.Sources(block + Network)));
            Assert.Contains("has errors", Generating.Files(block + Network).Values.Single(), StringComparison.Ordinal);
        }

        Assert.Empty(await Analyzing.Run(Compiling.Sources(Network)));
        Assert.DoesNotContain(
            await Analyzing.Run(Compiling.Sources("[Block, Conv(N, 3, Name = \"a\", Name = \"b\")] public class Part { const int N = 1; }" + Network)),
            diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void A_network_of_a_faulty_block_is_not_generated_and_the_fault_is_reported_once()
    {
        GeneratorRunResult result = Generating.Result(
            "[Block, Conv(N ^ 1, 3)] public class Part { const int N = 2; } [Network, Input(3, 9, 9), Block<Part>] public partial class Net;",
            "[Network, Input(3, 9, 9), Block<Part>] public partial class Other;").Results.Single();
        Assert.All(result.GeneratedSources, file => Assert.Contains("has errors", file.SourceText.ToString(), StringComparison.Ordinal));
        Assert.StartsWith("outChannels of Conv is N ^ 1",
            Assert.Single(result.Diagnostics).GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }
}
