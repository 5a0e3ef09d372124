using Cnn.Definitions;
using Cnn.Generator.Collections;
using Cnn.Generator.Model;
using Cnn.Generator.Reading;
using Cnn.Generator.Tests.Harness;

namespace Cnn.Generator.Tests.Reading;

public sealed class NetworkReaderTests
{
    [Fact]
    public void Layers_come_in_the_order_in_which_they_are_written()
    {
        NetworkSpec spec = Networks.Read(Networks.LeNet, "LeNet");
        Assert.Equal(
            ["Input", "Conv", "ReLU", "MaxPool", "Conv", "ReLU", "MaxPool", "Flatten", "Linear", "ReLU", "Linear"],
            spec.Layers.Select(layer => layer.Kind));
    }

    [Fact]
    public void Layers_that_stand_on_another_declaration_than_Network_keep_their_order()
    {
        NetworkSpec spec = Networks.Read("[Input(4), Linear(3)] [ReLU] public partial class Net; [Network] public partial class Net;");
        Assert.Equal(["input1", "linear1", "relu1"], spec.Layers.Select(layer => layer.Name));
        Assert.Empty(spec.Faults);
    }

    [Fact]
    public void Default_names_count_the_named_layers_of_the_kind_too()
    {
        NetworkSpec spec = Networks.ReadLayers(
            "[Input(3, 8, 8), Conv(4, 3, Name = \"stem\"), BatchNorm, Conv(4, 3), GlobalAvgPool, Flatten, Linear(5, Name = \"head\"), Linear(2)]");
        Assert.Equal(["input1", "stem", "batchnorm1", "conv2", "globalavgpool1", "flatten1", "head", "linear2"], spec.Layers.Select(layer => layer.Name));
        Assert.Equal(["stem", "head"], spec.Layers.Where(layer => layer.IsNamed).Select(layer => layer.Name));
    }

    [Fact]
    public void Defaults_are_those_of_PyTorch()
    {
        NetworkSpec spec = Networks.ReadLayers("[Input(3, 8, 8), Conv(4, 3), MaxPool(2), AvgPool(2), BatchNorm, Dropout]");
        WindowSpec window = new() { Kernel = [2], Padding = 0, Dilation = 1 };
        WindowSpec three = window with { Kernel = [3], Stride = 1 };
        Assert.Equal(new ConvSpec { Name = "conv1", OutChannels = 4, Window = three, Groups = 1, Bias = true }, spec.Layers[1]);
        Assert.Equal(new PoolSpec { Name = "maxpool1", Pool = PoolKind.Max, Window = window, CeilMode = false, CountIncludePad = true }, spec.Layers[2]);
        Assert.Equal(new PoolSpec { Name = "avgpool1", Pool = PoolKind.Average, Window = window, CeilMode = false, CountIncludePad = true }, spec.Layers[3]);
        Assert.Equal(new BatchNormSpec { Name = "batchnorm1", Epsilon = 1e-5f, Momentum = 0.1f, Affine = true }, spec.Layers[4]);
        Assert.Equal(new DropoutSpec { Name = "dropout1", Probability = 0.5f }, spec.Layers[5]);
    }

    [Fact]
    public void Every_argument_is_read()
    {
        NetworkSpec spec = Networks.ReadLayers(
            """
            [Input(4, 9, 9)]
            [Conv(8, 3, 5, Stride = 2, Strides = [1, 2], Padding = 1, Paddings = [0, 1, 2, 3], Dilation = 3, Dilations = [2, 1], Groups = 4, Bias = false)]
            [AvgPool(2, CeilMode = true, CountIncludePad = false, Stride = 1, Name = "pool", Frozen = true)]
            [BatchNorm(Epsilon = 0.001, Momentum = 0.25, Affine = false, From = "conv1")]
            [Linear(3, Bias = false), Dropout(0.25)]
            """);
        Assert.Equal(
            new ConvSpec
            {
                Name = "conv1",
                OutChannels = 8,
                Window = new WindowSpec
                {
                    Kernel = [3, 5],
                    Stride = 2,
                    Strides = [1, 2],
                    Padding = 1,
                    Paddings = [0, 1, 2, 3],
                    Dilation = 3,
                    Dilations = [2, 1],
                },
                Groups = 4,
                Bias = false,
            },
            spec.Layers[1]);
        Assert.Equal(
            new PoolSpec
            {
                Name = "pool",
                IsNamed = true,
                Frozen = true,
                Pool = PoolKind.Average,
                Window = new WindowSpec { Kernel = [2], Stride = 1, Padding = 0, Dilation = 1 },
                CeilMode = true,
                CountIncludePad = false,
            },
            spec.Layers[2]);
        Assert.Equal(new BatchNormSpec { Name = "batchnorm1", From = "conv1", Epsilon = 0.001f, Momentum = 0.25f, Affine = false }, spec.Layers[3]);
        Assert.Equal(new LinearSpec { Name = "linear1", OutFeatures = 3, Bias = false }, spec.Layers[4]);
        Assert.Equal(new DropoutSpec { Name = "dropout1", Probability = 0.25f }, spec.Layers[5]);
    }

    /// <summary>Every kind without arguments.</summary>
    public static TheoryData<string, string, float[]> Activations => new(ActivationTable.All.Where(activation => activation.Flag is not { Value: true })
        .Select(activation => (activation.Kind, activation.Name, activation.Numbers.Select(number => (float)number.Default).ToArray())));

    [Theory]
    [InlineData("LeakyReLU(Slope = 0.2)", "LeakyReLU", 0.2f)]
    [InlineData("ELU(Alpha = 2)", "ELU", 2f)]
    [InlineData("GELU(Tanh = true)", "GELUTanh")]
    [InlineData("Clip(-1, 1)", "Clip", -1f, 1f)]
    [InlineData("Clip(-1, 1, Max = 2)", "Clip", -1f, 2f)]
    [InlineData("Clip(Min = 0)", "Clip", 0f, float.PositiveInfinity)]
    [MemberData(nameof(Activations))]
    public void Activations_are_read_with_their_numbers_rounded_to_float(string attribute, string activation, params float[] numbers)
    {
        ActivationSpec layer = Assert.IsType<ActivationSpec>(Networks.ReadLayers($"[Input(4), {attribute}]").Layers[1]);
        Assert.Equal(activation, layer.Activation);
        Assert.Equal(numbers, layer.Numbers);
        Assert.StartsWith(layer.Kind, attribute, StringComparison.Ordinal);
    }

    [Fact]
    public void Constants_and_spellings_do_not_matter()
    {
        const string Spelt = "[Network, Input(1, 8, 8), Conv(4 + 4, new[] { 3, K }, Padding = Net.K - 2)] public partial class Net { const int K = 3; }";
        const string Plain = "[Network]\n\n[Input(1, 8, 8)] // one channel\n[ConvAttribute(8, 3, 3, Padding = 1)]\npublic partial class Net;";
        Assert.Equal(Networks.Read(Plain), Networks.Read(Spelt));
        Assert.Equal(Networks.Read(Plain).GetHashCode(), Networks.Read(Spelt).GetHashCode());
    }

    [Fact]
    public void The_same_source_read_twice_gives_equal_specs()
    {
        NetworkSpec first = Networks.Read(Networks.LeNet, "LeNet");
        NetworkSpec second = Networks.Read(Networks.LeNet, "LeNet");
        Assert.NotSame(first, second);
        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
    }

    [Fact]
    public void The_class_and_what_is_around_it_is_read()
    {
        TypeSpec type = Networks.Read(
            """
            namespace A.B
            {
                public partial class Outer
                {
                    partial record struct Middle
                    {
                        partial interface Inner
                        {
                            [Network, Input(1), ReLU] public sealed partial class Net;
                        }
                    }
                }
            }
            """,
            "A.B.Outer+Middle+Inner+Net").Type;
        EquatableArray<ContainingType> containers = [new("class", "Outer"), new("record struct", "Middle"), new("interface", "Inner")];
        Assert.Equal(new TypeSpec
        {
            Name = "Net",
            Namespace = "A.B",
            Containers = containers,
            IsPublic = false,
            IsSealed = true,
            UniqueName = "A.B.Outer+Middle+Inner+Net",
        }, type);
        Assert.True(Networks.Read(Networks.LeNet, "LeNet").Type.IsPublic);
    }

    [Fact]
    public void Only_a_type_declaration_is_a_candidate()
    {
        Microsoft.CodeAnalysis.SyntaxNode root = Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree
            .ParseText("enum E; class C; struct S; record R; interface I;", cancellationToken: TestContext.Current.CancellationToken)
            .GetRoot(TestContext.Current.CancellationToken);
        Assert.Equal([false, true, true, true, false],
            root.ChildNodes().Select(node => NetworkReader.IsCandidate(node, TestContext.Current.CancellationToken)));
    }
}
