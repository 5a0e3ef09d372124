using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>From shapes to a plan: what is fused and folded, how everything lies in memory, what runs when and by whom.</summary>
public static class ExecutionPlanner
{
    /// <summary>Plans a network that is sound; of any other, keeps what its members are made from.</summary>
    public static PlanResult Plan(ShapeResult result, EmitOptions options, CancellationToken token) => result.Network is null
        ? new PlanResult
        {
            Type = result.Spec.Type,
            Faulty = result.Spec,
            CanReopen = !result.Faults.Any(FaultCatalog.IsOfClosedType),
            IsOldLanguage = result.Faults.Any(static fault => fault.Id == FaultIds.LanguageTooOld),
            Embedded = result.Embedded,
        }
        : new PlanResult { Type = result.Spec.Type, Plan = Plan(result.Network, options, token), CanReopen = true, Embedded = result.Embedded };

    /// <summary>The predictor alone, for the program that packs its weights while a project is built.</summary>
    public static PredictorPlan PlanPredictor(ShapedNetwork network) =>
        PlanPredictor(NodeGraph.Build(network, training: false), new MethodLibrary(), traceOffsets: null);

    public static NetworkPlan Plan(ShapedNetwork network, EmitOptions options, CancellationToken token)
    {
        MethodLibrary methods = new();
        PredictorPlan predictor = PlanPredictor(NodeGraph.Build(network, training: false), methods, null);
        token.ThrowIfCancellationRequested();
        NodeGraph training = NodeGraph.Build(network, training: true, options.WinogradTraining);
        TrainerPlaces places = new(network, training.Nodes);
        TrainerPlan trainer = PlanTrainer(training, places, methods);
        token.ThrowIfCancellationRequested();
        return new NetworkPlan
        {
            Network = network,
            Options = options,
            Parameters = places.Parameters,
            TrainableFloats = places.TrainableFloats,
            OtherFloats = places.OtherFloats,
            Trainer = trainer,
            Predictor = predictor,
            Trace = options.Trace ? PlanTrace(network, methods) : null,
            Methods = methods.Methods,
        };
    }

    /// <summary>A predictor of everything: no layer is fused into another, and those count too on which no output depends.</summary>
    private static TracePlan? PlanTrace(ShapedNetwork network, MethodLibrary methods)
    {
        NodeBuilder builder = new(network, training: false, keepsAll: true);
        NodeGraph graph = builder.Build();
        int[] offsets = new int[graph.ValueCount];
        long floats = 0;
        for (int value = 0; value < graph.ValueCount; value++)
        {
            offsets[value] = (int)floats;
            floats += graph.Shape(value).Length;
            if (floats > TracePlan.MostFloats)
                return null;
        }

        return new TracePlan
        {
            Pass = PlanPredictor(graph, methods, offsets),
            Floats = (int)floats,
            Offsets = builder.LayerValues.Select(value => offsets[value]).ToEquatableArray(),
        };
    }

    private static PredictorPlan PlanPredictor(NodeGraph graph, MethodLibrary methods, int[]? traceOffsets)
    {
        PredictorPlaces places = new(graph.Nodes);
        ScheduleBuilder schedule = new(methods, traceOffsets is null ? "Prediction" : "Tracing");
        new ForwardPass(graph, schedule, places, training: false, traceOffsets).Plan();
        (EquatableArray<PlannedTensor> tensors, EquatableArray<Stage> stages, _, MemoryPlan memory) = schedule.Build();
        return new PredictorPlan
        {
            Tensors = tensors,
            Memory = memory,
            Stages = new Meetings(tensors).Place(stages),
            Packing = places.Items,
            Parameters = places.Parameters,
            PackedFloats = places.Floats,
        };
    }

    private static TrainerPlan PlanTrainer(NodeGraph graph, TrainerPlaces places, MethodLibrary methods)
    {
        ScheduleBuilder schedule = new(methods, "Training");
        ForwardPass forward = new(graph, schedule, places, training: true);
        forward.Plan();
        schedule.Pause();
        new BackwardPass(graph, forward, schedule, places).Plan();
        (EquatableArray<PlannedTensor> tensors, EquatableArray<Stage> before, EquatableArray<Stage> behind, MemoryPlan memory) = schedule.Build();
        bool single = graph.Nodes.Any(static node => node is BatchNormNode && !node.Layer.Spec.Frozen && node.Input.Positions == 1);
        return new TrainerPlan
        {
            Tensors = tensors,
            Memory = memory,
            Forward = before,
            Backward = behind,
            Derived = places.Derived,
            DerivedFloats = places.DerivedFloats,
            SmallestBatch = single ? 2 : 1,
            OutputLayers = graph.Outputs
                .Select(output => new OutputLayer(
                    graph.Producer(output.Value) is { } last and not FinishingNode { Epilogue.IsEmpty: false } ? last.Layer : null))
                .ToEquatableArray(),
        };
    }
}
