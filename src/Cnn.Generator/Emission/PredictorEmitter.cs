using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>Writes the predictor: its pass, and how its parameters are folded and packed.</summary>
internal sealed class PredictorEmitter(SourceWriter writer, NetworkPlan plan)
{
    private readonly string _name = NetworkEmitter.Identifier(plan.Network.Type.Name);
    private readonly string _type = NetworkEmitter.FullName(plan.Network.Type);

    public void Emit()
    {
        using (writer.Block($"partial class {_name}"))
        {
            writer.Line($"/// <summary>Predicts with a frozen, folded and packed copy of the parameters of {plan.Network.Type.Name}.</summary>");
            using (writer.Block("public sealed partial class Predictor : _run::PredictorCore"))
            {
                EmitLayout(plan.Predictor, plan.Network.Outputs.Select(static port => port.Shape.Length), Unclassifiable(), plan.Network.HasPortForms);
                writer.Line();
                writer.Indented($"internal Predictor({_type} network, _cnn::PredictorOptions? options)",
                    $": base(Layout, Pack(network._core), options{(plan.Trace is null ? string.Empty : ", network._core")})");
                EmptyBody();
                writer.Line();
                EmitClone("Predictor");
                EmitPass(plan.Predictor, CallersNumbers.Of(plan.Network), plan.Options.StepTimes, sharesImages: true);
                if (plan.Network.HasPortForms)
                    new PortFormEmitter(writer, plan.Network).EmitPredict();
                if (plan.Trace is { } trace)
                    EmitTrace(trace);
            }
        }
    }

    private void EmitLayout(PredictorPlan predictor, IEnumerable<int> outputs, string? unclassifiable, bool hasPortForms)
    {
        MemoryPlan memory = predictor.Memory;
        writer.Line("/// <summary>How much memory a prediction needs, planned by lifetime.</summary>");
        writer.Line("private static readonly _run::PredictorLayout Layout = new(");
        writer.Line($"    [{string.Join(", ", plan.Network.Inputs.Select(static port => Expressions.Number(port.Shape.Length)))}],");
        writer.Line($"    [{string.Join(", ", outputs.Select(Expressions.Number))}],");
        writer.Line($"    packedFloats: {Expressions.Number(predictor.PackedFloats)},");
        writer.Line($"    batchFloats: {Expressions.Number(memory.BatchFloats)},");
        writer.Line($"    workerFloats: {Expressions.Number(memory.WorkerFloats)},");
        writer.Line($"    liveBatchFloats: {Expressions.Number(memory.LiveBatchFloats)},");
        writer.Line($"    liveWorkerFloats: {Expressions.Number(memory.LiveWorkerFloats)}{More(unclassifiable is not null || hasPortForms)}");
        if (unclassifiable is not null)
            writer.Line($"    unclassifiable: \"{unclassifiable}\"{More(hasPortForms)}");
        if (hasPortForms)
            writer.Line("    hasPortForms: true);");
    }

    private static string More(bool more) => more ? "," : ");";

    /// <summary>Why Classify has nothing to choose from; null where it has.</summary>
    private string? Unclassifiable() => plan.Network.Outputs switch
    {
        [{ Shape.Positions: 1 }] => null,
        [var map] => $"The output is a map of {map.Shape}",
        var several => $"There are {Expressions.Number(several.Length)} outputs, {string.Join(", ", several.Select(static port => port.Name))}",
    };

    private void EmitClone(string name)
    {
        writer.Indented($"private {name}({name} original)", ": base(original)");
        EmptyBody();
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public override {name} Clone() => new(this);");
        writer.Line();
    }

    private void EmitPass(PredictorPlan predictor, CallersNumbers callers, bool times, bool sharesImages)
    {
        writer.Line("/// <inheritdoc/>");
        new ScheduleEmitter(writer, predictor.Tensors, Places(predictor), callers, times, sharesImages)
            .EmitMethod("protected override void", "Run", predictor.Stages, plan.Options);
        writer.Line();
        EmitPack(predictor);
    }

    /// <summary>What makes a trace, in a class that the linker drops from programs that never ask for one.</summary>
    private void EmitTrace(TracePlan trace)
    {
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("protected override _cnn::NetworkSummary TracedLayers => Summary;");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line($"protected override _sys::ReadOnlySpan<int> TraceOffsets => [{string.Join(", ", trace.Offsets.Select(Expressions.Number))}];");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("protected override _run::PredictorCore CreateTracer(_run::NetworkCore parameters) => new Tracer(parameters);");
        writer.Line();
        writer.Line("/// <summary>The layers one by one, nothing fused or folded; its outputs are the activations of all of them.</summary>");
        using (writer.Block("private sealed class Tracer : _run::PredictorCore"))
        {
            EmitLayout(trace.Pass, [trace.Floats], null, hasPortForms: false);
            writer.Line();
            writer.Indented("internal Tracer(_run::NetworkCore parameters)", ": base(Layout, Pack(parameters), null)");
            EmptyBody();
            writer.Line();
            EmitClone("Tracer");
            EmitPass(trace.Pass, CallersNumbers.Of(plan.Network).WithTrace(trace.Floats), times: false, sharesImages: false);
        }
    }

    /// <summary>Names for what the calls refer to: <c>conv1Weight</c>, <c>conv1Bias</c>, or a scale and a shift.</summary>
    private static IReadOnlyDictionary<Address, string> Places(PredictorPlan predictor)
    {
        PlaceNames places = new();
        foreach (PackedItem item in predictor.Packing)
        {
            string stem = item.Layer is null ? Names.Local(item.Norms[0].Layer) : Names.Local(item.Layer);
            places.Add(Region.Parameters, item.WeightOffset, stem + (item.Layer is null ? "Scale" : "Weight"));
            places.Add(Region.Parameters, item.BiasOffset, stem + (item.Layer is null ? "Shift" : "Bias"));
        }

        foreach (PackedParameter parameter in predictor.Parameters)
            places.Add(Region.Parameters, parameter.Offset, Names.Local(parameter.Name));
        return places.All;
    }

    private void EmptyBody()
    {
        using (writer.Braces())
        {
        }
    }

    private void EmitPack(PredictorPlan predictor)
    {
        using (writer.Block("private static _run::PackedWeights Pack(_run::NetworkCore network)"))
        {
            writer.Line($"_run::PackedWeights packed = new({Expressions.Number(predictor.PackedFloats)});");
            foreach (PackedItem item in predictor.Packing)
                EmitItem(item);
            foreach (PackedParameter parameter in predictor.Parameters)
                writer.Line(
                    $"packed.AddParameter(network, \"{parameter.Name}\", {ApiEmitter.Packing(parameter.Layout)}, {Expressions.Number(parameter.Offset)});");
            writer.Line("return packed;");
        }
    }

    private void EmitItem(PackedItem item)
    {
        string offsets = $"{Expressions.Number(item.WeightOffset)}, {Expressions.Number(item.BiasOffset)}";
        string norms = $"[{string.Join(", ", item.Norms.Select(Fold))}]";
        if (item.Layer is null)
        {
            writer.Line($"packed.AddScaleShift(network, {Expressions.Number(item.Layout.Outputs)}, {offsets}, {norms});");
            return;
        }

        string layer = $"network, \"{item.Layer}\", {Flag(item.HasBias)}, {ApiEmitter.Packing(item.Layout)}, {offsets}";
        writer.Line(item.NormsBefore.Length == 0
            ? $"packed.{(item.Winograd is not null ? "AddWinogradLayer" : "AddLayer")}({layer}, {norms});"
            : $"packed.AddLayerBehindNorms({layer}, {Expressions.Number(item.InputChannels)}, [{string.Join(", ", item.NormsBefore.Select(Fold))}], {norms});");
    }

    private static string Fold(FoldedNorm norm) => norm.Mean.Length > 0
        ? $"new _run::NormFold([{string.Join(", ", norm.Mean.Select(Expressions.Real))}], [{string.Join(", ", norm.Deviation.Select(Expressions.Real))}])"
        : $"new _run::NormFold(\"{norm.Layer}\", {Flag(norm.HasWeight)}, {Flag(norm.HasBias)}, {Epsilon(norm)})";

    private static string Epsilon(FoldedNorm norm) => norm.Epsilon is { } epsilon ? Expressions.Real(epsilon) : "null";

    private static string Flag(bool value) => value ? "true" : "false";
}
