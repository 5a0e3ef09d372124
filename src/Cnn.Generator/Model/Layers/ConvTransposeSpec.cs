using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

public sealed record ConvTransposeSpec : LayerSpec
{
    public override string Kind => "ConvTranspose";

    public required int OutChannels { get; init; }

    public required WindowSpec Window { get; init; }

    public int OutputPadding { get; init; }

    /// <summary>One per axis, or null where it was not given.</summary>
    public EquatableArray<int>? OutputPaddings { get; init; }

    public required int Groups { get; init; }

    public required bool Bias { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<ResolvedArgument> Resolve(ShapedLayer layer) =>
        [.. ResolvedArgument.Of(layer.Window!), ResolvedArgument.Of("groups", Groups), ResolvedArgument.Of("outputPadding", Added(layer))];

    /// <summary>What the output has more than (length - 1) stride - padding + dilation (kernel - 1) + 1.</summary>
    private static EquatableArray<int> Added(ShapedLayer layer)
    {
        WindowShape window = layer.Window!;
        return layer.OutputShape.Axes.Select((length, axis) =>
            length + window.PaddingBegin[axis] + window.PaddingEnd[axis] - 1
            - ((layer.InputShape.Axes[axis] - 1) * window.Stride[axis]) - (window.Dilation[axis] * (window.Kernel[axis] - 1))).ToEquatableArray();
    }
}

internal sealed class ConvTransposeFactory() : SpecFactory("ConvTranspose")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) => new ConvTransposeSpec
    {
        OutChannels = arguments.Integer("OutChannels"),
        Window = WindowSpec.Of(arguments),
        OutputPadding = arguments.Integer("OutputPadding"),
        OutputPaddings = arguments.IntegersOrNull("OutputPaddings"),
        Groups = arguments.Integer("Groups"),
        Bias = arguments.Flag("Bias"),
    };
}
