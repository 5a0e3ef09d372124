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
        if (known)
            PortRule.CheckNames(spec, faults);
        NetworkBuilder builder = new(spec, faults, cancellation);
        builder.Run(new Scope(spec.Layers), known, inferable);
        PortRule.CheckLengths(builder.Inputs, "inputs", spec, faults);
        PortRule.CheckLengths(builder.Outputs, "outputs", spec, faults);
        bool isSound = !faults.Any(FaultCatalog.IsError);
        return new ShapeResult
        {
            Spec = spec,
            Network = isSound ? new ShapedNetwork { Type = spec.Type, Layers = builder.Layers, Inputs = builder.Inputs, Outputs = builder.Outputs } : null,
            Faults = BlockFaults.Once(faults, spec).OrderBy(static fault => fault.Layer).ToEquatableArray(),
        };
    }

    internal static void CheckArguments(LayerSpec layer, LayerFaults faults)
    {
        switch (layer)
        {
            case InputSpec input: InputRule.Check(input, faults); break;
            case ConvSpec conv: ConvRule.Check(conv, faults); break;
            case ConvTransposeSpec conv: ConvTransposeRule.Check(conv, faults); break;
            case PoolSpec pool: PoolRule.Check(pool, faults); break;
            case AdaptiveAvgPoolSpec pool: AdaptiveAvgPoolRule.Check(pool, faults); break;
            case PadSpec pad: PadRule.Check(pad, faults); break;
            case UpsampleSpec upsample: UpsampleRule.Check(upsample, faults); break;
            case LinearSpec linear: LinearRule.Check(linear, faults); break;
            case BatchNormSpec norm: BatchNormRule.Check(norm, faults); break;
            case ImageNormSpec norm: ImageNormRule.Check(norm, faults); break;
            case LocalResponseNormSpec norm: LocalResponseNormRule.Check(norm, faults); break;
            case NormalizeSpec normalize: NormalizeRule.Check(normalize, faults); break;
            case DropoutSpec dropout: DropoutRule.Check(dropout, faults); break;
            case MergeSpec merge: MergeRule.Check(merge, faults); break;
            case BlockUseSpec use: BlockExpansion.Check(use, faults); break;
            case ResidualSpec residual: ResidualRule.Check(residual, faults); break;
            case ActivationSpec activation: ActivationRule.Check(activation, faults); break;
        }
    }

    internal static LayerOutput? InferLayer(LayerSpec layer, IReadOnlyList<LayerInput> inputs, LayerFaults faults) => (layer, inputs.FirstOrDefault()) switch
    {
        (MergeSpec merge, not null) => MergeRule.Infer(merge, inputs, faults),
        (InputSpec input, _) => InputRule.Infer(input, faults),
        (ConvSpec conv, { } input) => ConvRule.Infer(conv, input, faults),
        (PoolSpec pool, { } input) => PoolRule.Infer(pool, input, faults),
        (ConvTransposeSpec conv, { } input) => ConvTransposeRule.Infer(conv, input, faults),
        (AdaptiveAvgPoolSpec pool, { } input) => AdaptiveAvgPoolRule.Infer(pool, input, faults),
        (PadSpec pad, { } input) => PadRule.Infer(pad, input, faults),
        (UpsampleSpec upsample, { } input) => UpsampleRule.Infer(upsample, input, faults),
        (GlobalPoolSpec, { } input) => GlobalPoolRule.Infer(input, faults),
        (FlattenSpec, { } input) => FlattenRule.Infer(input),
        (LinearSpec linear, { } input) => LinearRule.Infer(linear, input, faults),
        (BatchNormSpec norm, { } input) => BatchNormRule.Infer(norm, input),
        (ImageNormSpec norm, { } input) => ImageNormRule.Infer(norm, input, faults),
        (LocalResponseNormSpec, { } input) => LocalResponseNormRule.Infer(input, faults),
        (NormalizeSpec normalize, { } input) => NormalizeRule.Infer(normalize, input, faults),
        (PReLUSpec activation, { } input) => PReLURule.Infer(activation, input),
        (IdentitySpec or DropoutSpec or SoftmaxSpec or ActivationSpec, { } input) => LayerOutput.SameAs(input),
        _ => null,
    };
}
