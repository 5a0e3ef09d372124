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
    private static readonly Lazy<IReadOnlyDictionary<Type, LayerRule>> Rules =
        new(static () => Registry.Entries<LayerRule>().ToDictionary(static rule => rule.Spec));

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

    internal static void CheckArguments(LayerSpec layer, LayerFaults faults) => RuleOf(layer)?.Check(layer, faults);

    internal static LayerOutput? InferLayer(LayerSpec layer, IReadOnlyList<LayerInput> inputs, LayerFaults faults) =>
        RuleOf(layer)?.Infer(layer, inputs, faults);

    /// <summary>Null for a layer that could not be read.</summary>
    private static LayerRule? RuleOf(LayerSpec layer) => Registry.Nearest(Rules.Value, layer);
}
