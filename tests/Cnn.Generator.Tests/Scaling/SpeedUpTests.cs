using System.Globalization;
using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Reading;
using Cnn.Generator.Shapes;
using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Tests.Scaling;

/// <summary>How much faster a plan allows a pass to be on more cores than a test has: from its stages, their units and what these cost.</summary>
public sealed class SpeedUpTests(ITestOutputHelper output)
{
    private static readonly int[] Workers = [2, 4, 8, 16, 32, 64];

    private static readonly Lazy<CSharpCompilation> Networks = new(() => Compiling.Sources([
        Harness.Networks.LeNet,
        .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Zoo"), "*.cs").Select(File.ReadAllText),
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Contest", "VggStyle.cs"))]));

    [Theory]
    [InlineData("LeNet", 12)]
    [InlineData("VggStyle", 12)]
    [InlineData("ResNet20", 12)]
    [InlineData("ResNet18", 12)]
    public void A_step_of_64_images_keeps_sixteen_workers_busy(string name, double least)
    {
        NetworkPlan plan = Plan(name);
        Assert.InRange(Table(name + ", training step of 64", workers => Step(plan, workers))[16], least, 16);
    }

    [Theory]
    [InlineData("LeNet", 12)]
    [InlineData("VggStyle", 12)]
    [InlineData("ResNet20", 12)]
    [InlineData("ResNet18", 12)]
    public void A_prediction_of_64_images_keeps_sixteen_workers_busy(string name, double least)
    {
        Assert.InRange(Table(name + ", prediction of 64", workers => Prediction(name, 64, workers))[16], least, 16);
    }

    [Theory]
    [InlineData("ResNet18", 5)]
    [InlineData("MobileNetV2", 5)]
    public void One_image_keeps_eight_workers_busy(string name, double least) =>
        Assert.InRange(Table(name + ", prediction of 1", workers => Prediction(name, 1, workers))[8], least, 8);

    private static NetworkPlan Plan(string name)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        INamedTypeSymbol type = Networks.Value.GetSymbolsWithName(name, SymbolFilter.Type).OfType<INamedTypeSymbol>().Single();
        return ExecutionPlanner.Plan(ShapeInference.Infer(NetworkReader.Read(type, token), token).Network!, new EmitOptions(), token);
    }

    private static double Step(NetworkPlan plan, int workers)
    {
        const int Images = 64;
        PassTime pass = new(new StepCost(plan, [.. plan.Trainer.Tensors], CoreRates.Usual), Images, workers);
        double update = plan.TrainableFloats * StepCost.FloatsOfUpdate / CoreRates.Usual.FloatsPerNanosecond / workers;
        return pass.Of(plan.Trainer.Forward) + pass.Of(plan.Trainer.Backward) + update;
    }

    private static double Prediction(string name, int images, int workers)
    {
        NetworkPlan plan = Plan(name);
        return new PassTime(new StepCost(plan, [.. plan.Predictor.Tensors], CoreRates.Usual), images, workers).Of(plan.Predictor.Stages);
    }

    private Dictionary<int, double> Table(string name, Func<int, double> time)
    {
        double alone = time(1);
        Dictionary<int, double> speedUps = Workers.ToDictionary(workers => workers, workers => alone / time(workers));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {alone / 1e6:0.00} ms alone; ")
            + string.Join(", ", speedUps.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} workers {pair.Value:0.0}"))));
        return speedUps;
    }
}
