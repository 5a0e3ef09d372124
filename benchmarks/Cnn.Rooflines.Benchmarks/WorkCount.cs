using Cnn.Generator.Planning;
using Cnn.Generator.Tests.Scaling;

namespace Cnn.Rooflines.Benchmarks;

/// <summary>Counts what a plan's steps compute and move.</summary>
/// <param name="plan">Of the network.</param>
/// <param name="images">Of a pass.</param>
/// <param name="roofs">Which knows the caches.</param>
internal sealed class WorkCount(NetworkPlan plan, int images, Roofs roofs)
{
    /// <summary>A predictor's steps.</summary>
    public IReadOnlyList<StepWork> Prediction()
    {
        PredictorPlan predictor = plan.Predictor;
        Dictionary<Region, int> regions = new() { [Region.Parameters] = predictor.PackedFloats };
        return new PassWork(plan, images, roofs, [.. predictor.Tensors], predictor.Memory, [.. predictor.Stages], regions).Steps();
    }

    /// <summary>A trainer's steps forward and back, and the update of its parameters and of the copies that it keeps of them.</summary>
    public IReadOnlyList<StepWork> TrainingStep()
    {
        TrainerPlan trainer = plan.Trainer;
        Stage[] stages = [.. trainer.Forward.Concat(trainer.Backward).Where(static stage => !stage.Optional)];
        Dictionary<Region, int> regions = new()
        {
            [Region.Parameters] = plan.TrainableFloats,
            [Region.Others] = plan.OtherFloats,
            [Region.Gradients] = plan.TrainableFloats,
            [Region.Derived] = trainer.DerivedFloats,
        };
        PassWork pass = new(plan, images, roofs, [.. trainer.Tensors], trainer.Memory, stages, regions);
        double update = (StepCost.FloatsOfUpdate * plan.TrainableFloats) + (2.0 * trainer.DerivedFloats);
        return [.. pass.Steps(), new StepWork("Update", 0, new Dictionary<Level, double> { [roofs.Of(update)] = update })];
    }
}
