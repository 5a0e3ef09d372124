using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Layers;

/// <summary>A block of layers, used as one. It is no computation of its own: its layers stand in its place, once for each repetition.</summary>
/// <param name="ClassName">The block's class, which this use alone has.</param>
/// <param name="Inner">The block's layers. What it takes is called <c>input</c>.</param>
internal sealed record BlockLayer(string ClassName, params Layer[] Inner) : Layer
{
    public override string Kind => "Block";

    public int Repeat { get; init; } = 1;

    /// <summary>The class, to stand beside the network's.</summary>
    public string Declaration => $"[Block]\n{string.Join('\n', Inner.Select(layer => layer.Text))}\npublic sealed class {ClassName};\n";

    protected override string Attribute => $"Block<{ClassName}>";

    protected override IEnumerable<string> Arguments => Optional("Repeat", Repeat, 1);

    /// <summary>A named use that runs once has its name alone, any other repetition a number from 1.</summary>
    public string RepetitionName(int repetition) => Name is not null && Repeat == 1
        ? Name
        : (Name ?? ClassName.ToLowerInvariant()) + (repetition + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => throw Expanded();

    public override Evaluation Evaluate(LayerPass pass) => throw Expanded();

    private static NotSupportedException Expanded() => new("A block is evaluated layer by layer.");
}

internal enum ShortcutForm
{
    Projection,
    Identity,
    WhereShapesFit,
}

/// <summary>Adds what the block takes to the current tensor; where shapes differ, by a convolution of kernel size 1 and a norm, or not at all.</summary>
internal sealed record ResidualLayer : Layer
{
    public override string Kind => "Residual";

    public ShortcutForm Form { get; init; }

    protected override IEnumerable<string> Arguments => Form == ShortcutForm.Projection ? [] : [$"Shortcut = Shortcut.{Form}"];

    /// <summary>The layers that bring a shape to another, or null where none do.</summary>
    public static Layer[]? Projection(MapShape from, MapShape to)
    {
        if (from.Rank != to.Rank)
            return null;
        int[] strides = [.. from.Axes.Zip(to.Axes, DivideUp)];
        if (!from.Axes.Zip(strides, DivideUp).SequenceEqual(to.Axes))
            return null;
        return [to.Rank == 0
            ? new LinearLayer(to.Channels) { Bias = false }
            : new ConvLayer(to.Channels, new Window(1) { Strides = strides }) { Bias = false }, new BatchNormLayer()];
    }

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => inputs[0];

    public override Evaluation Evaluate(LayerPass pass) => throw new NotSupportedException("A residual is evaluated as a projection and a sum.");

    private static int DivideUp(int length, int divisor) => (length + divisor - 1) / divisor;
}
