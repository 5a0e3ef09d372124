using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Shapes;
using Cnn.Generator.Tests.Harness;

namespace Cnn.Generator.Tests.Emission;

/// <summary>When the zeros around an input are written.</summary>
public sealed class BorderPlanTests
{
    [Theory]
    [InlineData("Input(16, 4, 4), Conv(16, 3, Padding = 1, Groups = 16)", true)]
    [InlineData("Input(3, 32, 32), Conv(16, 3, Padding = 1)", false)]
    [InlineData("Input(512, 14, 14), Conv(8, 7, Padding = 3)", false)]
    public void A_predictor_keeps_them_in_memory_of_their_own_where_a_small_input_is_mostly_border(string layers, bool keeps)
    {
        NetworkPlan plan = Plan(layers);
        Assert.Equal(keeps, !Methods(plan.Predictor.Stages).Contains("InputClearBorder"));
        Assert.Equal(keeps, plan.Predictor.Tensors.Any(static tensor => tensor.IsLasting));
        Assert.Contains("InputClearBorder", Methods(plan.Trainer.Forward));
        Assert.DoesNotContain(plan.Trainer.Tensors, static tensor => tensor.IsLasting);
    }

    private static IEnumerable<string> Methods(IEnumerable<Stage> stages) => stages.SelectMany(static stage => stage.Calls).Select(static call => call.Method);

    private static NetworkPlan Plan(string layers)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        ShapeResult shapes = ShapeInference.Infer(Networks.ReadLayers($"[{layers}]"), token);
        return ExecutionPlanner.Plan(shapes.Network ?? throw new InvalidOperationException(FaultCatalog.Message(shapes.Faults[0])), new EmitOptions(), token);
    }
}
