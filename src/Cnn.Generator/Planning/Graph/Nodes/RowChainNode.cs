using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Convolutions of a predictor that are done row by row: one, a depthwise one that reads it, and perhaps a 1x1 convolution behind that.</summary>
public sealed record RowChainNode : Node
{
    /// <summary>The convolutions, in order.</summary>
    public required EquatableArray<ConvNode> Chain { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<Node> Links => Chain;

    /// <inheritdoc/>
    public override bool ReadsScalars => Chain[0].ReadsScalars;

    private ConvNode Depthwise => Chain[1];

    private bool HasLast => Chain.Length > 2;

    /// <summary>The convolutions as one node, in the place of the last.</summary>
    public static RowChainNode Of(IReadOnlyList<ConvNode> chain) => new()
    {
        Layer = chain[^1].Layer,
        Inputs = chain[0].Inputs,
        Input = chain[0].Input,
        Output = chain[^1].Output,
        Index = chain[^1].Index,
        Value = chain[^1].Value,
        Chain = chain.ToEquatableArray(),
    };

    /// <summary>Rows of a depthwise convolution's input that a buffer of a quarter of the second-level cache holds.</summary>
    public static int MostRows(ConvolutionGeometry depthwise) => ReferenceCore.StripFloats / 2 / BufferOf(depthwise, 1).Stride(0);

    /// <inheritdoc/>
    public override InputNeed Need(bool training) => Chain[0].Need(training);

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        Value y = pass.Fresh(this);
        RowWindow window = RowWindow.Of(Depthwise.Geometry);
        int mapRows = Depthwise.Input.Axes[0];
        TensorLayout buffer = BufferOf(Depthwise.Geometry, Math.Min(MostRows(Depthwise.Geometry), mapRows + window.Reach));
        TensorLayout row = TensorLayout.Plain(RowOf(Depthwise.Output));
        PlacedContraction first = RowOf(Chain[0], x.Layout, buffer);
        List<string> methods =
        [
            Method(pass, Chain[0], first),
            Method(pass, Depthwise, RowOf(Depthwise, buffer, HasLast ? row : y.Layout)),
        ];
        if (HasLast)
            methods.Add(Method(pass, Chain[2], RowOf(Chain[2], row, y.Layout)));
        RowChainBody body = new()
        {
            Methods = methods.ToEquatableArray(),
            InputStep = Chain[0].Geometry.Window.Stride[0] * x.Layout.Stride(0),
            MapRows = mapRows,
            Buffer = buffer,
            Reach = window.Reach,
            Stride = window.Stride,
            Padding = window.Padding,
            Rows = Output.Axes[0],
            OutputStep = y.Layout.Stride(0),
            IsDivided = true,
        };
        List<Address> scratch = [Address.Of(pass.Schedule.Own(Names.Local(Name) + "Rows", buffer.Size))];
        if (HasLast)
            scratch.Add(Address.Of(pass.Schedule.Own(Names.Local(Name) + "Row", row.Size)));
        Address[] weights = [.. Chain.SelectMany(link => new[] { pass.Places.ForwardWeight(link), pass.Places.Bias(link)! })];
        string formula = $"y[{Formulas.Dimensions(Output)}] of x[{Formulas.Dimensions(Input)}], {Formulas.Number(Chain.Length)} convolutions row by row";
        pass.Schedule.PerImage(
            new Step(MethodStem + "Rows", formula, body, [Address.Of(x.Tensor, first.AOffset), .. weights, y.Interior, .. scratch]));
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy) => throw new InvalidOperationException("A trainer keeps the maps between convolutions.");

    /// <summary>The buffer for rows of what a depthwise convolution reads: zeros at their ends, and none above or below.</summary>
    private static TensorLayout BufferOf(ConvolutionGeometry depthwise, int rows)
    {
        (EquatableArray<int> begin, EquatableArray<int> end) = depthwise.InputBorder();
        return TensorLayout.Bordered(new TensorShape(depthwise.Input.Channels, [rows, depthwise.Input.Axes[1]]), [0, begin[1]], [0, end[1]]);
    }

    private static TensorShape RowOf(TensorShape map) => new(map.Channels, [1, map.Axes[1]]);

    /// <summary>A row of a convolution; its offsets are those of the first.</summary>
    private static PlacedContraction RowOf(ConvNode conv, TensorLayout x, TensorLayout y)
    {
        ConvolutionGeometry row = conv.Geometry with { Output = RowOf(conv.Output), IsPart = true };
        PlacedContraction placed = ConvolutionContractions.Forward(row, x, y, conv.Epilogue, splits: false);
        return placed with { Kernel = placed.Kernel with { DividesRows = true } };
    }

    private static string Method(ForwardPass pass, ConvNode conv, PlacedContraction placed) => pass.Schedule.Method(
        conv.MethodStem + "Row", $"a row of {conv.Formula}", ContractionBody.Of(placed.Kernel, "x", "w", "y", "b").WithWeight("w"));
}
