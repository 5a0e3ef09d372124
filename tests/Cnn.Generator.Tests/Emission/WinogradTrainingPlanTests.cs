using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Shapes;
using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Tests.Emission;

/// <summary>Which convolutions a trainer computes by Winograd's tiles, and what that takes.</summary>
public sealed class WinogradTrainingPlanTests
{
    private const string All = "Conv2WeightPoints, Conv2Forward, Conv2PointSums, Conv2WeightGradient, Conv2TurnedWeightPoints, Conv2InputGradient";

    private const string AllButGradient = "Conv2WeightPoints, Conv2Forward, Conv2TurnedWeightPoints, Conv2InputGradient";

    [Theory]
    [InlineData("Input(3, 32, 32), Conv(64, 3, Padding = 1), Conv(64, 3, Padding = 1)", All)]
    [InlineData("Input(3, 8, 8), Conv(32, 3, Padding = 1), Conv(32, 3, Padding = 1)", All)]
    [InlineData("Input(3, 8, 8), Conv(256, 1), Conv(256, 3)", All)]
    [InlineData("Input(3, 32, 32), Conv(16, 3, Padding = 1), Conv(16, 3, Padding = 1)", AllButGradient)]
    [InlineData("Input(3, 32, 32), Conv(8, 3, Padding = 1), Conv(64, 3, Padding = 1)", "")]
    [InlineData("Input(3, 32, 32), Conv(64, 3, Padding = 1), Conv(8, 3, Padding = 1)", "")]
    [InlineData("Input(3, 32, 32), Conv(64, 1), Conv(64, 3, Padding = 1, Stride = 2)", "")]
    [InlineData("Input(3, 32, 32), Conv(64, 1), Conv(64, 3, Padding = 2, Dilation = 2)", "")]
    [InlineData("Input(3, 32, 32), Conv(64, 1), Conv(64, 3, Padding = 1, Groups = 2)", "")]
    [InlineData("Input(1, 28, 28), Conv(20, 5, Padding = 2), Conv(50, 5, Padding = 2)", All)]
    [InlineData("Input(3, 14, 14), Conv(20, 1), Conv(50, 5)", All)]
    [InlineData("Input(3, 32, 32), Conv(8, 5, Padding = 2), Conv(64, 5, Padding = 2)", "")]
    [InlineData("Input(3, 32, 32), Conv(64, 1), Conv(64, 5, Padding = 2, Stride = 2)", "")]
    [InlineData("Input(3, 32, 32), Conv(64, 1), Conv(64, 7, Padding = 3)", "")]
    [InlineData("Input(3, 32, 32), Conv(64, 1), Conv(64, 3, 5)", "")]
    [InlineData("Input(3, 32), Conv(64, 1), Conv(64, 3, Padding = 1)", "")]
    [InlineData("Input(3, 1, 1), Conv(64, 1), Conv(64, 3, Padding = 1)", "")]
    public void Wide_3x3_and_5x5_convolutions_go_by_tiles(string layers, string calls)
    {
        string[] found = [.. Calls(Plan(layers)).Where(static call => call.Body is WinogradBody or WinogradGradientBody || IsOfPoints(call.Body))
            .Select(static call => call.Name).Distinct()];
        Assert.Equal(calls, string.Join(", ", found));
    }

    [Fact]
    public void A_frozen_layer_has_no_sums_for_its_weight()
    {
        NetworkPlan plan = Plan("Input(3, 8, 8), Conv(64, 1), Conv(64, 3, Padding = 1, Frozen = true)");
        Assert.DoesNotContain(plan.Methods, static method => method.Body is WinogradGradientBody);
        Assert.Contains(plan.Methods, static method => method.Body is WinogradBody);
    }

    [Fact]
    public void Points_of_weights_share_memory_over_the_layers()
    {
        int two = Plan(Chain(2)).Trainer.Memory.SharedFloats, six = Plan(Chain(6)).Trainer.Memory.SharedFloats;
        Assert.Equal(two, six);
    }

    [Fact]
    public void A_unit_of_a_weights_gradient_is_one_of_24_at_least_where_there_are_64_inputs()
    {
        NetworkPlan plan = Plan("Input(3, 32, 32), Conv(64, 3, Padding = 1), Conv(64, 3, Padding = 1)");
        Assert.Equal(24, plan.Methods.Select(static method => method.Body).OfType<WinogradGradientBody>().Single().Units);
    }

    [Fact]
    public void CnnWinogradTraining_turns_it_off()
    {
        const string Source = """
            using Cnn;
            [Network]
            [Input(3, 8, 8), Conv(64, 3, Padding = 1), Conv(64, 3, Padding = 1)]
            public sealed partial class Net;
            """;
        Assert.Contains("WinogradTraining", Trainer(Source, "true"), StringComparison.Ordinal);
        Assert.Contains("WinogradTraining", Trainer(Source, ""), StringComparison.Ordinal);
        Assert.DoesNotContain("WinogradTraining", Trainer(Source, "False"), StringComparison.Ordinal);
    }

    private static string Chain(int layers) =>
        "Input(3, 8, 8), Conv(64, 1), " + string.Join(", ", Enumerable.Repeat("Conv(64, 3, Padding = 1)", layers));

    private static bool IsOfPoints(StepBody body) => body is KernelBody { Kernel.Class: "WinogradTraining" };

    private static IEnumerable<StepMethod> Calls(NetworkPlan plan) => plan.Trainer.Forward.Concat(plan.Trainer.Backward)
        .SelectMany(static stage => stage.Calls).Select(call => plan.Methods.Single(method => method.Name == call.Method));

    private static NetworkPlan Plan(string layers)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        ShapeResult shapes = ShapeInference.Infer(Networks.ReadLayers($"[{layers}]"), token);
        return ExecutionPlanner.Plan(shapes.Network ?? throw new InvalidOperationException(FaultCatalog.Message(shapes.Faults[0])), new EmitOptions(), token);
    }

    private static string Trainer(string source, string winogradTraining) => string.Concat(CSharpGeneratorDriver
        .Create([new NetworkGenerator().AsSourceGenerator()], optionsProvider: new ProjectOptions("build_property.CnnWinogradTraining", winogradTraining))
        .RunGenerators(Compiling.Sources(source), TestContext.Current.CancellationToken)
        .GetRunResult().Results.Single().GeneratedSources.Select(static generated => generated.SourceText.ToString()));
}
