using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>From shapes to a plan: what is fused and folded, how everything lies in memory, what runs when and by whom.</summary>
public static class ExecutionPlanner
{
    public static NetworkPlan Plan(ShapedNetwork network, EmitOptions options, CancellationToken token)
    {
        MethodLibrary methods = new();
        IReadOnlyList<Node> predicting = NodeChain.Build(network, training: false);
        PredictorPlan predictor = PlanPredictor(network, predicting, methods);
        token.ThrowIfCancellationRequested();
        IReadOnlyList<Node> training = NodeChain.Build(network, training: true);
        TrainerPlaces places = new(network, training);
        TrainerPlan trainer = PlanTrainer(network, training, places, methods);
        return new NetworkPlan
        {
            Network = network,
            Options = options,
            Parameters = places.Parameters,
            TrainableFloats = places.TrainableFloats,
            OtherFloats = places.OtherFloats,
            Trainer = trainer,
            Predictor = predictor,
            Methods = methods.Methods,
        };
    }

    private static PredictorPlan PlanPredictor(ShapedNetwork network, IReadOnlyList<Node> nodes, MethodLibrary methods)
    {
        PredictorPlaces places = new(nodes);
        ScheduleBuilder schedule = new();
        new ForwardPlanner(nodes, network, schedule, methods, places, training: false).Plan();
        (EquatableArray<PlannedTensor> tensors, EquatableArray<Stage> stages, MemoryPlan memory) = schedule.Build();
        return new PredictorPlan { Tensors = tensors, Memory = memory, Stages = stages, Packing = places.Items, PackedFloats = places.Floats };
    }

    private static TrainerPlan PlanTrainer(ShapedNetwork network, IReadOnlyList<Node> nodes, TrainerPlaces places, MethodLibrary methods)
    {
        ScheduleBuilder schedule = new();
        ForwardPlanner forward = new(nodes, network, schedule, methods, places, training: true);
        forward.Plan();
        int loss = schedule.Pause();
        new BackwardPlanner(nodes, forward, schedule, methods, places).Plan();
        (EquatableArray<PlannedTensor> tensors, EquatableArray<Stage> stages, MemoryPlan memory) = schedule.Build();
        bool single = nodes.Any(static node => node is BatchNormNode && !node.Layer.Spec.Frozen && node.Input.Positions == 1);
        return new TrainerPlan
        {
            Tensors = tensors,
            Memory = memory,
            Forward = stages.Take(loss).ToEquatableArray(),
            Backward = stages.Skip(loss + 1).ToEquatableArray(),
            Derived = places.Derived,
            DerivedFloats = places.DerivedFloats,
            SmallestBatch = single ? 2 : 1,
        };
    }
}
