using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Shapes;
using Cnn.Generator.Tests.Harness;

namespace Cnn.Generator.Tests.Emission;

/// <summary>Elements move no more often than they have to.</summary>
public sealed class MovementPlanTests
{
    [Theory]
    [InlineData("Permute(2, 3, 1), Reshape(-1, 8), Conv(4, 1)", "Reshape1Forward")]
    [InlineData("Reshape(2, 8, 8, 16), Permute(2, 1, 3, 4), Reshape(16, 8, 16)", "Reshape2Forward")]
    [InlineData("ChannelShuffle(4), PixelShuffle(2), Slice(1, 3), Conv(4, 1)", "Slice1ForwardPadding", "Slice1Forward")]
    [InlineData("Flatten, Reshape(8, 256), Conv(4, 1)", "Reshape1Forward")]
    [InlineData("Permute(3, 2, 1), Flatten, Sigmoid, Slice(0, 10)", "Flatten1Forward", "Sigmoid1Forward", "Slice1ForwardPadding", "Slice1Forward")]
    public void Movements_in_a_row_are_one(string layers, params string[] calls) => Assert.Equal(calls, Calls(layers));

    [Theory]
    [InlineData("Conv(8, 1, Name = \"conv_a\"), Conv(8, 1, From = \"conv1\"), Concat(\"conv_a\"), ChannelShuffle(2), Conv(4, 1)",
        "Channelshuffle1ForwardOf0", "Channelshuffle1ForwardOf0")]
    [InlineData("Slice(0, 8, Name = \"a\"), Slice(8, From = \"conv1\"), Conv(8, 1), Concat(\"a\")",
        "Slice2Forward", "Concat1ForwardOf0", "Concat1ForwardOf1")]
    [InlineData("Permute(2, 3, 1), Reshape(-1, 4, Name = \"a\"), Conv(8, 2, From = \"conv1\", Stride = 2), Permute(2, 3, 1), Reshape(-1, 4), Concat(\"a\")",
        "Concat1ForwardOf0", "Concat1ForwardOf1")]
    public void Movements_into_a_concatenation_and_behind_it_are_one(string layers, params string[] calls) => Assert.Equal(calls, Calls(layers));

    [Theory]
    [InlineData("Permute(2, 3, 1), Permute(3, 1, 2)")]
    [InlineData("Reshape(2, 8, 8, 16), Reshape(16, 8, 16)")]
    [InlineData("PixelUnshuffle(2), PixelShuffle(2)")]
    [InlineData("Permute(1, 2, 3)")]
    [InlineData("Slice(0, 100)")]
    [InlineData("Reshape(16, 128)")]
    [InlineData("Reshape(16, 2, 4, 16), Permute(1, 2, 3, 4)")]
    [InlineData("Flatten")]
    [InlineData("Flatten, Reshape(8, 256)")]
    [InlineData("Reshape(8, 4, 64)")]
    public void What_moves_nothing_is_no_code(string layers) => Assert.Empty(Calls(layers));

    [Theory]
    [InlineData("Conv(8, 1, Name = \"a\"), Conv(16, 1, From = \"conv1\"), Concat(\"a\"), Conv(4, 1)")]
    [InlineData("Conv(8, 3, Padding = 1, Name = \"a\"), Conv(16, 1, From = \"conv1\"), Concat(\"a\"), Conv(4, 3, Padding = 1)")]
    [InlineData("Conv(16, 3, Padding = 1, Groups = 16, Name = \"a\"), MaxPool(3, Stride = 1, Padding = 1, From = \"conv1\"), Concat(\"a\"), Conv(4, 1)")]
    [InlineData("Conv(8, 1, Name = \"a\"), AvgPool(2, From = \"conv1\"), Upsample(2), Concat(\"a\"), Conv(4, 1)")]
    [InlineData("Conv(6, 1, Name = \"a\"), Conv(16, 1, From = \"conv1\"), Concat(\"a\"), Conv(4, 1)", "Concat1ForwardOf1")]
    [InlineData("Conv(8, 1, Name = \"a\"), Conv(16, 1), Concat(\"a\"), Conv(4, 1)", "Concat1ForwardOf1")]
    [InlineData("Conv(64, 1, Name = \"a\"), Conv(8, 1, From = \"conv1\"), Concat(\"a\"), Conv(4, 1)", "Concat1ClearLanes")]
    public void What_nothing_else_reads_is_made_in_its_place_in_a_concatenation(string layers, params string[] calls) =>
        Assert.Equal(calls, Calls(layers).Where(static call =>
            call.StartsWith("Concat", StringComparison.Ordinal) && !call.EndsWith("Border", StringComparison.Ordinal)));

    [Fact]
    public void A_view_is_not_written_over_while_its_whole_is_read()
    {
        Assert.Contains("Tanh1Forward", Calls("Conv(16, 1, Name = \"a\"), Reshape(16, 128), Tanh, Reshape(16, 8, 16), Add(\"a\")"));
        PredictorPlan plan = Plan("Conv(16, 1, Name = \"a\"), Reshape(16, 128), Tanh, Reshape(16, 8, 16), Add(\"a\")").Predictor;
        StepCall tanh = plan.Stages.SelectMany(stage => stage.Calls).Single(call => call.Method == "Tanh1Forward");
        Assert.NotEqual(tanh.Operands[0].Address.Tensor, tanh.Operands[1].Address.Tensor);
        plan = Plan("Conv(16, 1), Reshape(16, 128), Tanh, Reshape(16, 8, 16), Conv(8, 1)").Predictor;
        tanh = plan.Stages.SelectMany(stage => stage.Calls).Single(call => call.Method == "Tanh1Forward");
        Assert.Equal(tanh.Operands[0].Address.Tensor, tanh.Operands[1].Address.Tensor);
    }

    [Fact]
    public void Workers_divide_reductions_and_what_repeats_an_operand()
    {
        StepCall[] calls =
        [
            .. Plan("Conv(32, 1, Name = \"a\"), ReduceMean(3), Multiply(\"a\"), ReduceMax(2)").Predictor.Stages.SelectMany(stage => stage.Calls)
                .Where(call => call.Method.StartsWith("Reduce", StringComparison.Ordinal) || call.Method.StartsWith("Multiply", StringComparison.Ordinal)),
        ];
        Assert.Equal(3, calls.Length);
        Assert.All(calls, static call => Assert.Equal(Sharing.Parts, call.Sharing));
    }

    [Fact]
    public void A_list_of_answers_is_in_the_callers_order_at_once()
    {
        NetworkPlan plan = Plan("Permute(2, 3, 1), Reshape(-1, 8), Sigmoid");
        StepCall store = plan.Predictor.Stages.SelectMany(stage => stage.Calls).Single(call => call.Method == "StoreOutput");
        KernelBody body = (KernelBody)plan.Methods.Single(method => method.Name == store.Method).Body;
        Assert.Equal([2048, 1, 1, 2048, 2048], body.Arguments.OfType<NumberArgument>().Select(number => number.Value));
        Assert.Equal(["Sigmoid1Forward"], Calls("Permute(2, 3, 1), Reshape(-1, 8), Sigmoid"));
    }

    /// <summary>What a predictor calls between two convolutions whose input has 16 channels, 8 rows and 16 columns.</summary>
    private static string[] Calls(string layers) =>
    [
        .. Plan(layers).Predictor.Stages.SelectMany(stage => stage.Calls).Select(call => call.Method)
            .Where(method => !method.StartsWith("Conv", StringComparison.Ordinal) && !method.StartsWith("LoadInput", StringComparison.Ordinal)
                && !method.StartsWith("StoreOutput", StringComparison.Ordinal)),
    ];

    private static NetworkPlan Plan(string layers)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        ShapeResult shapes = ShapeInference.Infer(Networks.ReadLayers($"[Input(3, 8, 16), Conv(16, 1), {layers}]"), token);
        return ExecutionPlanner.Plan(shapes.Network ?? throw new InvalidOperationException(FaultCatalog.Message(shapes.Faults[0])), new EmitOptions(), token);
    }
}
