using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

/// <summary>A layer that takes named outputs beside its input.</summary>
public abstract record MergeSpec : LayerSpec
{
    private protected MergeSpec()
    {
    }

    /// <summary>The names of the further inputs, in order.</summary>
    public required EquatableArray<string> Others { get; init; }

    /// <summary>As the attribute calls the argument that names them.</summary>
    public virtual string OthersArgument => "other";
}

public sealed record ConcatSpec : MergeSpec
{
    public override string Kind => "Concat";

    /// <summary>As written: see <see cref="AxisNumber"/>.</summary>
    public int Axis { get; init; } = AxisNumber.Channels;

    public override string OthersArgument => "others";

    /// <inheritdoc/>
    public override IEnumerable<ResolvedArgument> Resolve(ShapedLayer layer) => AxisNumber.Resolve(Axis, layer.InputShape);
}

internal sealed class ConcatFactory() : SpecFactory("Concat")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) =>
        new ConcatSpec { Others = arguments.Texts("Others"), Axis = arguments.Integer("Axis") };
}
