using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Shapes;
using Cnn.Generator.Tests.Harness;

namespace Cnn.Generator.Tests.Emission;

/// <summary>Elements move no more often than they have to.</summary>
public sealed class MovementPlanTests
{
    [Theory]
    [InlineData("Permute(2, 3, 1), Reshape(-1, 8)", "Permute1Forward")]
    [InlineData("Reshape(2, 8, 8, 16), Permute(2, 1, 3, 4), Reshape(16, 8, 16)", "Reshape1Forward")]
    [InlineData("ChannelShuffle(4), PixelShuffle(2), Slice(1, 3)", "Channelshuffle1ForwardPadding", "Channelshuffle1Forward")]
    [InlineData("Flatten, Reshape(8, 256)", "Flatten1Forward")]
    [InlineData("Permute(3, 2, 1), Flatten, Sigmoid, Slice(0, 10)", "Permute1Forward", "Sigmoid1Forward", "Slice1ForwardPadding", "Slice1Forward")]
    public void Movements_in_a_row_are_one(string layers, params string[] calls) => Assert.Equal(calls, Calls(layers));

    [Theory]
    [InlineData("Permute(2, 3, 1), Permute(3, 1, 2)")]
    [InlineData("Reshape(2, 8, 8, 16), Reshape(16, 8, 16)")]
    [InlineData("PixelUnshuffle(2), PixelShuffle(2)")]
    [InlineData("Permute(1, 2, 3)")]
    [InlineData("Slice(0, 100)")]
    [InlineData("Reshape(16, 128)")]
    [InlineData("Reshape(16, 2, 4, 16), Permute(1, 2, 3, 4)")]
    public void What_moves_nothing_is_no_code(string layers) => Assert.Empty(Calls(layers));

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
