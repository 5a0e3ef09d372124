using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

public sealed record PermuteSpec : LayerSpec
{
    public override string Kind => "Permute";

    /// <summary>As written: see <see cref="AxisNumber"/>.</summary>
    public required EquatableArray<int> Order { get; init; }

    /// <summary>The places of the axes, 0 for the channels; -1 where there is no such axis.</summary>
    public EquatableArray<int> Places(TensorShape input) => Order.Select(axis => AxisNumber.Place(axis, input)).ToEquatableArray();

    /// <inheritdoc/>
    public override IEnumerable<ResolvedArgument> Resolve(ShapedLayer layer) =>
        [ResolvedArgument.Of("order", Places(layer.InputShape).Select(AxisNumber.At).ToEquatableArray())];
}

internal sealed class PermuteFactory() : SpecFactory("Permute")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) => new PermuteSpec { Order = arguments.Integers("Order") };
}
