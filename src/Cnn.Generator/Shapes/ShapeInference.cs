using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>Infers the shape of every tensor of a network, or says what keeps it from having one.</summary>
/// <remarks>
/// A fault of one layer leaves that layer and those that take its output without a shape, so that one mistake gives one fault; arguments that are
/// wrong whatever the input are reported everywhere.
/// </remarks>
public static class ShapeInference
{
    public static ShapeResult Infer(NetworkSpec spec, CancellationToken cancellation)
    {
        List<Fault> faults = [.. spec.Faults];
        bool known = LayerListRule.IsKnown(spec);
        bool inferable = known && LayerListRule.Check(spec, faults);
        LayerNames names = new(spec);
        ShapedLayer?[] layers = new ShapedLayer?[spec.Layers.Length];
        Reach[] reaches = new Reach[spec.Layers.Length];
        for (int i = 0; i < layers.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            LayerSpec layer = spec.Layers[i];
            LayerFaults found = new(i, layer.Name, faults);
            CheckArguments(layer, found);
            if (!known)
                continue;
            names.Check(i, found);
            IReadOnlyList<int> sources = LayerListRule.IsInput(layer) && layer.From is null ? [] : names.InputsOf(i, found);
            if (!inferable || found.Any || (LayerListRule.IsInput(layer) && i > 0) || sources.Any(source => layers[source] is null))
                continue;
            List<LayerInput> inputs = [.. sources.Select(source => new LayerInput(source, spec.Layers[source].Name, layers[source]!.OutputShape, reaches[source]))];
            if (InferLayer(layer, inputs, found) is not { } output)
                continue;
            reaches[i] = output.Reach;
            layers[i] = Shaped(layer, inputs, output);
        }

        bool isSound = !faults.Any(FaultCatalog.IsError);
        return new ShapeResult
        {
            Spec = spec,
            Network = isSound ? new ShapedNetwork { Type = spec.Type, Layers = layers.Select(static layer => layer!).ToEquatableArray() } : null,
            Faults = faults.OrderBy(static fault => fault.Layer).ToEquatableArray(),
        };
    }

    private static ShapedLayer Shaped(LayerSpec layer, IReadOnlyList<LayerInput> inputs, LayerOutput output) => new()
    {
        Spec = layer,
        Inputs = inputs.Select(static input => input.Layer).ToEquatableArray(),
        InputShape = inputs.Count == 0 ? output.Shape : inputs[0].Shape,
        OutputShape = output.Shape,
        Window = output.Window,
        Parameters = output.Parameters,
        ParameterCount = output.Parameters.Where(static parameter => parameter.IsTrainable)
            .Sum(static parameter => parameter.Shape.Aggregate(1L, static (product, length) => product * length)),
        MultiplyAdds = output.MultiplyAdds,
        ReceptiveField = output.Reach.Field,
    };

    private static void CheckArguments(LayerSpec layer, LayerFaults faults)
    {
        switch (layer)
        {
            case InputSpec input: InputRule.Check(input, faults); break;
            case ConvSpec conv: ConvRule.Check(conv, faults); break;
            case PoolSpec pool: PoolRule.Check(pool, faults); break;
            case LinearSpec linear: LinearRule.Check(linear, faults); break;
            case BatchNormSpec norm: BatchNormRule.Check(norm, faults); break;
            case DropoutSpec dropout: DropoutRule.Check(dropout, faults); break;
            case ActivationSpec activation: ActivationRule.Check(activation, faults); break;
            case MergeSpec merge: MergeRule.Check(merge, faults); break;
        }
    }

    private static LayerOutput? InferLayer(LayerSpec layer, IReadOnlyList<LayerInput> inputs, LayerFaults faults) => (layer, inputs.FirstOrDefault()) switch
    {
        (MergeSpec merge, not null) => MergeRule.Infer(merge, inputs, faults),
        (InputSpec input, _) => InputRule.Infer(input, faults),
        (ConvSpec conv, { } input) => ConvRule.Infer(conv, input, faults),
        (PoolSpec pool, { } input) => PoolRule.Infer(pool, input, faults),
        (GlobalPoolSpec, { } input) => GlobalPoolRule.Infer(input, faults),
        (FlattenSpec, { } input) => FlattenRule.Infer(input),
        (LinearSpec linear, { } input) => LinearRule.Infer(linear, input, faults),
        (BatchNormSpec norm, { } input) => BatchNormRule.Infer(norm, input),
        (IdentitySpec or DropoutSpec or SoftmaxSpec or ActivationSpec, { } input) => LayerOutput.SameAs(input),
        _ => null,
    };
}
