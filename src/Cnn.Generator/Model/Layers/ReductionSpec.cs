using Cnn.Definitions;
using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

/// <summary>A reduction over axes.</summary>
/// <param name="Kind">Which one of the table.</param>
public sealed record ReductionSpec(string Kind) : LayerSpec
{
    public override string Kind { get; } = Kind;

    /// <summary>As written: 1 the channels, 2 and on the positions, -1 the last.</summary>
    public required EquatableArray<int> Axes { get; init; }

    public required bool KeepAxes { get; init; }

    internal ReductionDefinition Definition => ReductionTable.Named(Kind);

    /// <summary>Whether an axis of an input with so many positions' axes is reduced; 0 is the channels.</summary>
    public bool Reduces(int axis, int rank) => Axes.Any(written => (written < 0 ? written + rank + 2 : written) == axis + 1);

    /// <inheritdoc/>
    public override IEnumerable<ResolvedArgument> Resolve(ShapedLayer layer)
    {
        int rank = layer.InputShape.Rank;
        return
        [
            ResolvedArgument.Of("axes", Enumerable.Range(0, rank + 1).Where(axis => Reduces(axis, rank)).Select(static axis => axis + 1).ToEquatableArray()),
            ResolvedArgument.Of("keepAxes", KeepAxes),
        ];
    }
}

/// <summary>For all that <see cref="ReductionTable"/> has.</summary>
internal sealed class ReductionFactory() : SpecFactory([.. ReductionTable.Kinds])
{
    public override LayerSpec Create(string kind, LayerArguments arguments) =>
        new ReductionSpec(kind) { Axes = arguments.Integers("Axes"), KeepAxes = arguments.Flag("KeepAxes") };
}
