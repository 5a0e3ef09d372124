using Cnn.Generator.Tests.Harness;

namespace Cnn.Generator.Tests.Diagnostics;

public sealed class DeclarationDiagnosticsTests
{
    private const string Layers = "[Network, Input(4), Linear(2)]";

    [Fact]
    public async Task A_class_that_is_not_partial_is_shown_at_its_name()
    {
        await Analyzing.Shows(
            Layers + "public class {|CNN0001:Net|};",
            "Net is not partial, but the generator has to add members to it; add the modifier 'partial'");
        await Analyzing.ShowsNothing(Layers + "public partial class Net;");
    }

    [Fact]
    public async Task A_container_that_is_not_partial_is_named()
    {
        await Analyzing.Shows(
            "class Outer { " + Layers + "public partial class {|CNN0002:Net|}; }",
            "Net is nested in Outer, which is not partial, but the generator has to reopen every type around a network; add the modifier 'partial' to Outer");
        await Analyzing.ShowsNothing("partial struct Outer { " + Layers + "public partial class Net; }");
    }

    [Fact]
    public async Task A_generic_class_is_shown()
    {
        await Analyzing.Shows(
            Layers + "public partial class {|CNN0003:Net|}<T>;",
            "Net is generic, but a network has fixed shapes and one set of parameters; remove the type parameters of Net");
        await Analyzing.Shows(
            "partial class Outer<T> { " + Layers + "public partial class {|CNN0003:Net|}; }",
            "Net is generic, but a network has fixed shapes and one set of parameters; remove the type parameters of Outer");
    }

    [Theory]
    [InlineData("partial struct", "a struct")]
    [InlineData("struct", "a struct")]
    [InlineData("partial record", "a record")]
    [InlineData("partial record struct", "a record struct")]
    [InlineData("static partial class", "a static class")]
    [InlineData("abstract partial class", "an abstract class")]
    public async Task Anything_but_an_ordinary_class_is_shown_once(string keyword, string found)
    {
        await Analyzing.Shows(
            Layers + $"public {keyword} {{|CNN0004:Net|}};",
            $"Net is {found}, but a network must be a class that can be created and compared by identity, because it owns parameters that training changes; "
            + "declare 'partial class Net'");
    }

    [Fact]
    public async Task A_class_named_like_a_generated_member_is_shown()
    {
        await Analyzing.Shows(
            Layers + "public partial class {|CNN0005:Trainer|};",
            "A network cannot be called Trainer, because the generator adds a member of that name and C# forbids a member named like its class; "
            + "choose another name");
        await Analyzing.ShowsNothing(Layers + "public partial class TrainerNet;");
    }

    [Theory]
    [InlineData("public sealed class {|CNN0006:Predictor|};", "Predictor")]
    [InlineData("public int {|CNN0006:InputLength|} => 1;", "InputLength")]
    [InlineData("public void {|CNN0006:Save|}(string path) { }", "Save")]
    [InlineData("public {|CNN0006:Net|}(int number) { }", "a constructor")]
    [InlineData("public {|CNN0006:Net|}() { }", "a constructor")]
    [InlineData("private readonly int {|CNN0006:_core|} = 1;", "_core")]
    [InlineData("public static int {|CNN0006:Definitions|} => 1;", "Definitions")]
    [InlineData("public static int {|CNN0006:get_Summary|}() => 1;", "get_Summary")]
    public async Task A_declared_member_that_the_generator_adds_is_shown_where_it_is(string member, string called)
    {
        await Analyzing.Shows(
            Layers + $"public partial class Net {{ {member} }}",
            $"Net declares {called}, but the generator adds that member; rename or remove it");
    }

    [Fact]
    public async Task A_primary_constructor_is_a_constructor()
    {
        await Analyzing.Shows(
            Layers + "public partial class {|CNN0006:Net|}(string title) { public string Title => title; }",
            "Net declares a constructor, but the generator adds that member; rename or remove it");
    }

    [Fact]
    public async Task Overloads_of_generated_methods_are_the_users_own()
    {
        await Analyzing.ShowsNothing(Layers + "public partial class Net { public void Save(string path, bool overwrite) { } static Net() { } int _trainer; }");
    }

    [Fact]
    public async Task A_file_local_class_is_shown()
    {
        await Analyzing.Shows(
            Layers + "file partial class {|CNN0007:Net|};",
            "Net is local to its file, but the generator adds its members from another file; remove the modifier 'file' of Net");
        await Analyzing.ShowsNothing(Layers + "internal partial class Net;");
    }

    [Fact]
    public async Task A_network_without_input_is_shown_once_whatever_its_layers_are()
    {
        const string Message = "Net has no [Input], but every shape follows from it; make an attribute such as [Input(1, 28, 28)] the first layer";
        await Analyzing.Shows("[Network, Conv(4, 3), Linear(2)] public partial class {|CNN0008:Net|};", Message);
        await Analyzing.Shows("[Network] public partial class {|CNN0008:Net|};", Message);
    }

    [Fact]
    public async Task A_network_without_layer_is_shown()
    {
        await Analyzing.Shows(
            "[Network, Input(4)] public partial class {|CNN0009:Net|};",
            "Net has no layer after [Input], but a network needs at least one; add a layer attribute such as [Linear(10)]");
        await Analyzing.ShowsNothing("[Network, Input(4), Linear(10)] public partial class Net;");
    }

    [Fact]
    public async Task A_misplaced_input_is_shown()
    {
        await Analyzing.Shows(
            "[Network, Linear(2), {|CNN0010:Input(4)|}] public partial class Net;",
            "[Input] stands after linear1, but an [Input] must come before the first layer, because every shape follows from it; move it to the front");
    }

    [Fact]
    public async Task A_second_input_is_shown()
    {
        await Analyzing.Shows(
            "[Network, Input(4), Linear(2), {|CNN0011:Input(3)|}, Conv(3, 3)] public partial class Net;",
            "Net has 2 inputs, but this one has no name, and callers tell several apart by their names; write [Input(3, Name = \"...\")], or remove it");
    }

    [Fact]
    public async Task A_lone_unnamed_input_among_several_is_shown()
    {
        await Analyzing.Shows(
            "[Network, {|CNN0011:Input(4)|}, Linear(2, Name = \"a\"), Input(3, Name = \"b\"), Linear(2), Add(\"a\")] public partial class Net;",
            "Net has 2 inputs, but this one has no name, and callers tell several apart by their names; write [Input(4, Name = \"...\")], or remove it");
    }

    [Theory]
    [InlineData("class", "parameters are called after it, and class is a keyword of C#")]
    [InlineData("output", "OutputLength is the length of all outputs")]
    [InlineData("input", "InputLength is the length of all inputs")]
    [InlineData("to_string", "a property of the record Losses is called after it, and ToString is a member of every record, or the record itself")]
    [InlineData("leftEye", "it is leftEye in C#, as 'left_eye' is")]
    public async Task A_port_whose_name_is_taken_in_CSharp_is_shown(string name, string reason)
    {
        await Analyzing.Shows(
            $"[Network, Input(4), Linear(2), Output(\"left_eye\"), Linear(3), Output({{|CNN0034:\"{name}\"|}})] public partial class Net;",
            $"'{name}' cannot name an output of Net, because {reason}; choose another name");
    }

    [Fact]
    public async Task Two_ports_of_one_name_are_shown_at_the_second()
    {
        await Analyzing.Shows(
            "[Network, Input(4), Linear(2), Output(\"a\"), Linear(3), Output({|CNN0016:\"a\"|})] public partial class Net;",
            "'a' names two layers or ports, but a name must be unique, because parameters in weights files and members are called after it; "
            + "the Output at place 3 has it already");
    }

    [Fact]
    public async Task An_output_called_like_a_layer_is_shown()
    {
        await Analyzing.Shows(
            "[Network, Input(4), Linear(2, Name = \"a\"), ReLU, Output({|CNN0016:\"a\"|})] public partial class Net;",
            "'a' names two layers or ports, but a name must be unique, because parameters in weights files and members are called after it; "
            + "the Linear at place 2 has it already");
    }

    [Fact]
    public async Task An_output_of_an_unknown_layer_is_shown()
    {
        await Analyzing.Shows(
            "[Network, Input(4), Linear(2, Name = \"body\"), ReLU, Output(\"a\", {|CNN1007:From = \"bdy\"|})] public partial class Net;",
            "a takes its input from 'bdy', but there is no layer of that name; did you mean 'body'?");
    }

    [Fact]
    public async Task A_member_that_is_called_like_a_ports_constant_is_shown()
    {
        await Analyzing.Shows(
            "[Network, Input(4), Linear(2), Output(\"a\"), Linear(3), Output(\"b\")] public partial class Net { public int {|CNN0006:ALength|}; }",
            "Net declares ALength, but the generator adds that member; rename or remove it");
    }

    [Fact]
    public async Task A_tensor_that_is_an_output_twice_is_shown()
    {
        await Analyzing.Shows(
            "[Network, Input(4), Linear(2), Output(\"a\"), {|CNN2010:Output(\"b\")|}] public partial class Net;",
            "'b' is the same tensor as the output 'a', so that every call copies it twice; remove one of the two");
    }

    [Fact]
    public async Task An_input_that_nothing_takes_is_shown()
    {
        await Analyzing.Shows(
            "[Network, {|CNN2007:Input(4, Name = \"a\")|}, Input(3, Name = \"b\"), Linear(2)] public partial class Net;",
            "No layer takes the output of a, so that it is computed for nothing, because b behind it starts another chain; "
            + "remove the layer, or name it and use the name");
    }

    [Fact]
    public async Task A_last_layer_that_is_no_output_is_shown()
    {
        await Analyzing.Shows(
            "[Network, Input(4), Linear(2), Output(\"a\"), {|CNN2007:Linear(3)|}] public partial class Net;",
            "No layer takes the output of linear2, so that it is computed for nothing, because nothing comes behind it, "
            + "and only what [Output] marks goes to the caller; "
            + "remove the layer, or name it and use the name");
    }

    [Fact]
    public async Task Names_of_ports_count_as_uses()
    {
        await Analyzing.Shows(
            "[Network, Input(4, Name = \"facts\"), Linear(2), ReLU(Name = \"body\"), Linear(3), Output(\"a\"), Linear(3), ReLU, Output(\"c\"), Output(\"b\", "
            + "From = \"body\")] public partial class Net;");
    }

    [Fact]
    public async Task Layers_on_two_declarations_are_shown_at_the_first_that_is_elsewhere()
    {
        await Analyzing.Shows(
            "[{|CNN0012:Linear(10)|}, ReLU] public partial class Net; [Network, Input(4)] public partial class Net;",
            "Layers of Net stand on two of its partial declarations, but must all stand on one, because there is no order between declarations; "
            + "move them together");
        await Analyzing.ShowsNothing("[Input(4), Linear(10)] public partial class Net; [Network] public partial class Net;");
    }

    [Fact]
    public async Task Layers_without_network_are_shown_once()
    {
        await Analyzing.Shows(
            "[{|CNN0013:Input(4)|}, Linear(10)] public partial class Net;",
            "Net has layer attributes but neither [Network] nor [Block], so nothing is generated; add one of the two or remove the layers");
    }

    [Fact]
    public async Task Independent_mistakes_are_all_shown()
    {
        await Analyzing.Shows(
            "[Network, Input(1, 4, 4), Conv(2, {|CNN1003:5|}), Linear(3), Conv({|CNN0014:0|}, 1)] public class {|CNN0001:Net|};",
            "Conv 5x5 does not fit its input 1x4x4 (padded 4x4): use a kernel of at most 4 or Padding of at least 1",
            "outChannels of conv2 is 0, but must be at least 1, because every filter makes one output channel",
            "Net is not partial, but the generator has to add members to it; add the modifier 'partial'");
    }
}
