using Cnn.Generator.Model;
using Cnn.Generator.Tests.Harness;

namespace Cnn.Generator.Tests.Reading;

public sealed class BlockReaderTests
{
    [Fact]
    public void Constants_are_read_in_the_order_of_declaration_with_their_roles()
    {
        BlockSpec block = Networks.Read(Blocks.InvertedResidual
            + "[Network, Input(3, 8, 8), Block<InvertedResidual>(8)] public partial class Net;").Blocks.Single();
        Assert.Equal("InvertedResidual", block.Name);
        Assert.Equal(
            [("In", ConstantRole.InputChannels), ("Channels", ConstantRole.Argument), ("Stride", ConstantRole.FirstOnly), ("Expansion", ConstantRole.Argument)],
            block.Constants.Select(constant => (constant.Name, constant.Role)));
        Assert.Equal([1, 2, 3], block.Places);
    }

    [Fact]
    public void Arguments_that_depend_on_the_use_are_expressions_and_all_others_values()
    {
        BlockSpec block = Networks.Read(Blocks.InvertedResidual
            + "[Network, Input(3, 8, 8), Block<InvertedResidual>(8)] public partial class Net;").Blocks.Single();
        BlockLayer depthwise = block.Layers[3];
        Assert.Equal("Conv", depthwise.Kind);
        Expression width = new BinaryExpression(BinaryOperator.Multiply, new ConstantExpression(0), new ConstantExpression(3));
        Assert.Equal(width, depthwise.Arguments.Single(argument => argument.Name == "outChannels").Value);
        Assert.Equal(width, depthwise.Arguments.Single(argument => argument.Name == "Groups").Value);
        Assert.Equal(new ConstantExpression(2), depthwise.Arguments.Single(argument => argument.Name == "Stride").Value);
        Assert.Equal(new LiteralExpression(new ArrayValue([new IntegerValue(3)])), depthwise.Arguments.Single(argument => argument.Name == "kernel").Value);
    }

    [Fact]
    public void A_block_is_read_once_however_often_it_is_used()
    {
        NetworkSpec network = Networks.Read(
            """
            [Block, Block<Leaf>, Block<Leaf>] public class Twig;
            [Block, ReLU] public class Leaf;
            [Network, Input(3), Block<Leaf>, Block<Twig>(Repeat = 3), Block<Leaf>] public partial class Net;
            """);
        Assert.Equal(["Leaf", "Twig"], network.Blocks.Select(block => block.Name));
        Assert.Equal([0, 0], network.Blocks[1].Layers.Select(layer => layer.Block!.Index));
    }

    [Fact]
    public void Two_spellings_of_one_block_are_equal()
    {
        const string Rest = " [Network, Input(3), Block<Part>] public partial class Net;";
        NetworkSpec first = Networks.Read("[Block, Linear(2 * (N))] public class Part { public const int N = 3; }" + Rest);
        NetworkSpec second = Networks.Read("[Block]\n[LinearAttribute(2 * Part.N)] public class Part { internal const int N = 1 + 2; }" + Rest);
        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
    }

    [Fact]
    public void A_generic_block_is_read_as_it_is_declared() => Assert.Equal(
        6,
        Blocks.Sound(
            "[Block, Linear(2 * N)] public class Part<T> { public const int N = 1; } [Network, Input(3), Block<Part<int>>(3)] public partial class Net;")
            .Outputs[0].Shape.Channels);
}
