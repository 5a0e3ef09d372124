using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

public sealed record PadSpec : LayerSpec
{
    public override string Kind => "Pad";

    /// <summary>As written: one number for all sides, or all begins and then all ends.</summary>
    public required EquatableArray<int> Paddings { get; init; }

    public PadMode Mode { get; init; }

    public float Value { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<ResolvedArgument> Resolve(ShapedLayer layer) =>
        [ResolvedArgument.Padding(layer.Window!), new("mode", Mode.ToString()), ResolvedArgument.Of("value", Value)];
}

/// <summary>What stands around a padded map, as the runtime's enumeration.</summary>
public enum PadMode
{
    Zero,
    Reflect,
    Replicate,
}

internal sealed class PadFactory() : SpecFactory("Pad")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) => new PadSpec
    {
        Paddings = arguments.Integers("Paddings"),
        Mode = (PadMode)arguments.Member("Mode"),
        Value = arguments.Real("Value"),
    };
}
