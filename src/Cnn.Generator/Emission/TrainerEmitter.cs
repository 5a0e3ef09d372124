using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>Writes the trainer: forward, backward, and the copies of weights that backward reads.</summary>
internal sealed class TrainerEmitter(SourceWriter writer, NetworkPlan plan)
{
    private readonly string _name = NetworkEmitter.Identifier(plan.Network.Type.Name);
    private readonly string _type = NetworkEmitter.FullName(plan.Network.Type);

    public void Emit()
    {
        TrainerPlan trainer = plan.Trainer;
        using (writer.Block($"partial class {_name}"))
        {
            writer.Line($"/// <summary>Trains {plan.Network.Type.Name}: owns the activations and gradients of one batch.</summary>");
            using (writer.Block("public sealed class Trainer : _run::TrainerCore"))
            {
                EmitConstructor(trainer);
                writer.Line();
                writer.Line("/// <inheritdoc/>");
                Schedule(trainer).EmitMethod("protected override void", "Forward", trainer.Forward, plan.Options);
                writer.Line();
                writer.Line("/// <inheritdoc/>");
                Schedule(trainer).EmitMethod("protected override void", "Backward", trainer.Backward, plan.Options);
                writer.Line();
                EmitTransposes(trainer);
                if (plan.Network.HasPortForms)
                    new PortFormEmitter(writer, plan.Network).EmitTraining();
            }
        }
    }

    private ScheduleEmitter Schedule(TrainerPlan trainer) =>
        new(writer, trainer.Tensors, Places(trainer), CallersNumbers.Of(plan.Network), plan.Options.StepTimes);

    /// <summary>Names for what the calls refer to: <c>conv1Weight</c>, <c>conv1WeightGradient</c>, <c>conv1WeightTransposed</c>.</summary>
    private IReadOnlyDictionary<Address, string> Places(TrainerPlan trainer)
    {
        PlaceNames places = new();
        foreach (PlannedParameter parameter in plan.Parameters)
        {
            string name = Names.Local(parameter.Shape.Name);
            places.Add(parameter.Shape.IsTrainable ? Region.Parameters : Region.Others, parameter.Offset, name);
            if (parameter.Shape.IsTrainable)
                places.Add(Region.Gradients, parameter.Offset, name + "Gradient");
        }

        foreach (DerivedWeight derived in trainer.Derived)
            places.Add(Region.Derived, derived.Offset, Names.Local(plan.Parameters[derived.Parameter].Shape.Name) + "Transposed");
        return places.All;
    }

    private void EmitConstructor(TrainerPlan trainer)
    {
        MemoryPlan memory = trainer.Memory;
        writer.Line("/// <summary>How much memory a step needs, planned by lifetime.</summary>");
        writer.Line("private static readonly _run::TrainerLayout Layout = new(");
        writer.Line($"    [{string.Join(", ", plan.Network.Inputs.Select(static port => Expressions.Number(port.Shape.Length)))}],");
        writer.Line($"    [{string.Join(", ", plan.Network.Outputs.Zip(trainer.OutputLayers, Output))}],");
        writer.Line($"    batchFloats: {Expressions.Number(memory.BatchFloats)},");
        writer.Line($"    workerFloats: {Expressions.Number(memory.WorkerFloats)},");
        writer.Line($"    sharedFloats: {Expressions.Number(memory.SharedFloats)},");
        writer.Line($"    optionalFloats: {Expressions.Number(memory.OptionalBatchFloats)},");
        writer.Line($"    trainableFloats: {Expressions.Number(plan.TrainableFloats)},");
        writer.Line($"    otherFloats: {Expressions.Number(plan.OtherFloats)},");
        writer.Line($"    transposedFloats: {Expressions.Number(trainer.DerivedFloats)},");
        writer.Line($"    liveBatchFloats: {Expressions.Number(memory.LiveBatchFloats)},");
        writer.Line($"    liveWorkerFloats: {Expressions.Number(memory.LiveWorkerFloats)},");
        writer.Line($"    smallestBatch: {Expressions.Number(trainer.SmallestBatch)}{(plan.Network.HasNamedPorts ? "," : ");")}");
        if (plan.Network.HasNamedPorts)
            writer.Line($"    inputNames: [{string.Join(", ", plan.Network.Inputs.Select(static port => $"\"{port.Name}\""))}]);");
        writer.Line();
        writer.Indented(
            $"internal Trainer({_type} network, _cnn::Optimizer optimizer, _cnn::Loss loss, _cnn::TrainerOptions? options)",
            ": base(network._core, Layout, optimizer, loss, options)");
        using (writer.Braces())
        {
        }
    }

    private static string Output(ShapedPort port, OutputLayer layer) =>
        $"new _run::OutputPort(\"{port.Name}\", {Expressions.Number(port.Shape.Channels)}, {Expressions.Number(port.Shape.Positions)}, "
        + $"_run::OutputActivation.{OutputActivation(layer.Layer)}{(port.IsChannelsLast ? ", _cnn::DataLayout.ChannelsLast" : string.Empty)})";

    private static string OutputActivation(ShapedLayer? layer) => layer?.Spec switch
    {
        SoftmaxSpec softmax when AxisNumber.Place(softmax.Axis, layer!.InputShape) > 0 => "Other",
        SoftmaxSpec { Logarithm: true } => "LogSoftmax",
        SoftmaxSpec => "Softmax",
        ActivationSpec { Activation: "Sigmoid" } => "Sigmoid",
        _ => "Other",
    };

    private void EmitTransposes(TrainerPlan trainer)
    {
        writer.Line("/// <inheritdoc/>");
        using (writer.Block("protected override void Transpose(in _run::Worker worker)"))
        {
            if (trainer.Derived.Length == 0)
                return;
            writer.Line("ref float transposed = ref TransposedWeights;");
            foreach (DerivedWeight derived in trainer.Derived)
            {
                PlannedParameter parameter = plan.Parameters[derived.Parameter];
                string region = parameter.Shape.IsTrainable ? "PackedParameters" : "PackedOthers";
                string call =
                    $"_run::WeightTranspose.{(derived.TapsToLanes ? "TapsToLanes" : "TapsToRows")}(worker, {Place(region, parameter.Offset)}, "
                    + $"{ApiEmitter.Packing(derived.Source)}, {Place("transposed", derived.Offset)}, "
                    + $"{ApiEmitter.Packing(derived.Target)}{(derived.TapsToLanes ? ", " + Expressions.Number(derived.Pitch) : string.Empty)});";
                if (derived.Optional)
                    writer.Indented("if (WithInputGradients)", call);
                else
                    writer.Line(call);
            }
        }
    }

    private static string Place(string memory, int offset) => Expressions.At(memory, offset == 0 ? [] : [Expressions.Number(offset)]);
}
