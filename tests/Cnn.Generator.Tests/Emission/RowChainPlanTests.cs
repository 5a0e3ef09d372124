using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Shapes;
using Cnn.Generator.Tests.Harness;

namespace Cnn.Generator.Tests.Emission;

/// <summary>Which convolutions a predictor does row by row.</summary>
public sealed class RowChainPlanTests
{
    private const string Expand = "Input(16, 112, 112), Conv(96, 1), ReLU6, ";

    [Theory]
    [InlineData(Expand + "Conv(96, 3, Padding = 1, Groups = 96, Stride = 2), ReLU6, Conv(24, 1)", 3)]
    [InlineData(Expand + "Conv(96, 3, Padding = 1, Groups = 96), ReLU6", 2)]
    [InlineData(Expand + "Conv(96, 3, Padding = 1, Groups = 96), Conv(24, 3, Padding = 1)", 2)]
    [InlineData(Expand + "Conv(96, 3, Padding = 1, Groups = 96), Conv(24, 1, Stride = 2)", 2)]
    [InlineData("Input(3, 224, 224), Conv(32, 3, Padding = 1, Stride = 2), Conv(32, 3, Padding = 1, Groups = 32), Conv(16, 1)", 3)]
    public void Convolutions_around_a_depthwise_one_are_a_chain_where_the_map_before_it_is_large(string layers, int links) =>
        Assert.Equal(links, Chains(Plan(layers)).Single().Links.Length);

    [Fact]
    public void Workers_divide_a_mean_by_the_blocks_that_the_runtime_sums_apart()
    {
        CompilerServices.GlobalPool.SharePositions(3 * RowMean.BlockPositions, 1, 3, out int from, out int to);
        Assert.Equal((RowMean.BlockPositions, 2 * RowMean.BlockPositions), (from, to));
    }

    [Theory]
    [InlineData("Input(96, 56, 56), Conv(96, 3, Padding = 1, Groups = 96)", true, false)]
    [InlineData("Input(96, 56, 56), Conv(3, 1)", true, false)]
    [InlineData("Input(16, 14, 14), Conv(8, 1, Stride = 2)", true, false)]
    [InlineData("Input(2, 56, 56), Conv(64, 1), GlobalAvgPool", false, true)]
    [InlineData("Input(96, 56, 56), Conv(96, 1), GlobalAvgPool", true, true)]
    [InlineData("Input(3, 224, 224), Conv(32, 3, Padding = 1, Stride = 2), Conv(32, 3, Padding = 1, Groups = 32), Conv(64, 1), GlobalAvgPool", true, true)]
    [InlineData("Input(3, 224, 224), Conv(64, 7, Padding = 3, Stride = 2), MaxPool(2)", true, false)]
    public void Planes_and_means_join_them_where_they_are_large_or_few_rows_are_read(string layers, bool planes, bool mean)
    {
        NetworkPlan plan = Plan(layers);
        RowChainBody chain = Chains(plan).Single();
        Assert.Equal((planes, mean), (chain.Planes is not null, chain.Mean is not null));
        Assert.Equal(planes, !plan.Predictor.Stages.SelectMany(static stage => stage.Calls).Any(static call => call.Method == "LoadInput"));
    }

    [Theory]
    [InlineData("Input(16, 14, 14), Conv(8, 1)")]
    [InlineData("Input(16, 14, 14), Conv(8, 1), GlobalAvgPool")]
    [InlineData("Input(96, 56, 56), ReLU, Conv(3, 1)")]
    [InlineData("Input(96, 56, 56, Layout = DataLayout.ChannelsLast), Conv(3, 1)")]
    [InlineData("Input(96, 56, 56, Name = \"a\"), Conv(96, 1), Add(\"a\")")]
    [InlineData("Input(2, 56, 56), Conv(64, 1, Name = \"a\"), GlobalAvgPool, Multiply(\"a\")")]
    [InlineData("Input(2, 56, 56), Conv(64, 1), GlobalMaxPool")]
    [InlineData("Input(64, 16, 16), Conv(128, 2, Padding = 1), GlobalAvgPool")]
    public void Neither_joins_where_maps_are_small_or_have_other_readers(string layers) => Assert.Empty(Chains(Plan(layers)));

    [Theory]
    [InlineData("Input(16, 28, 28), Conv(96, 1), Conv(96, 3, Padding = 1, Groups = 96), Conv(24, 1)")]
    [InlineData("Input(512, 28, 28), Conv(512, 1), Conv(512, 3, Padding = 1, Groups = 512), Conv(512, 1)")]
    [InlineData("Input(16, 112, 112), Conv(96, 1, Name = \"a\"), Conv(96, 3, Padding = 1, Groups = 96), Add(\"a\")")]
    [InlineData("Input(96, 112, 112), MaxPool(1), Conv(96, 3, Padding = 1, Groups = 96)")]
    [InlineData("Input(16, 112, 112), Conv(96, 1), Conv(96, 1, Groups = 96, Stride = 2)")]
    [InlineData("Input(16, 12544), Conv(96, 1), Conv(96, 3, Padding = 1, Groups = 96)")]
    public void Others_are_not(string layers) => Assert.DoesNotContain(Chains(Plan(layers)), static chain => chain.Links.Length > 1);

    [Fact]
    public void What_is_between_two_of_them_takes_a_quarter_of_the_second_level_cache_at_most()
    {
        NetworkPlan plan = Plan(Expand + "Conv(96, 3, Padding = 1, Groups = 96, Stride = 2), ReLU6, Conv(24, 1)");
        Assert.InRange(plan.Predictor.Tensors.Single(static tensor => tensor.Name.EndsWith("Rows", StringComparison.Ordinal)).Size, 1, 64 * 1024);
        Assert.True(plan.Predictor.Memory.WorkerFloats < 112 * 112 * 96);
    }

    private static IEnumerable<RowChainBody> Chains(NetworkPlan plan) => plan.Predictor.Stages.SelectMany(static stage => stage.Calls)
        .Select(call => plan.Methods.Single(method => method.Name == call.Method).Body).OfType<RowChainBody>();

    private static NetworkPlan Plan(string layers)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        ShapeResult shapes = ShapeInference.Infer(Networks.ReadLayers($"[{layers}]"), token);
        return ExecutionPlanner.Plan(shapes.Network ?? throw new InvalidOperationException(FaultCatalog.Message(shapes.Faults[0])), new EmitOptions(), token);
    }
}
