using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>
/// Convolutions of a predictor that are done row by row; perhaps with the caller's planes, from which the rows of the first come, and with the mean over all
/// positions, to which the rows of the last are summed.
/// </summary>
public sealed record RowChainNode : Node
{
    /// <summary>The convolutions, in order.</summary>
    public required EquatableArray<ConvNode> Chain { get; init; }

    /// <summary>The network's input, where it reads that itself.</summary>
    public required GraphPort? Source { get; init; }

    /// <summary>The mean that it makes; null for the map.</summary>
    public required GlobalPoolNode? Mean { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<Node> Links => Chain;

    /// <inheritdoc/>
    public override bool ReadsScalars => Chain[0].ReadsScalars;

    /// <summary>The nodes as one, in the place of the last.</summary>
    public static RowChainNode Of(IReadOnlyList<ConvNode> chain, GraphPort? source, GlobalPoolNode? mean)
    {
        Node last = mean as Node ?? chain[^1];
        return new()
        {
            Layer = last.Layer,
            Inputs = chain[0].Inputs,
            Input = chain[0].Input,
            Output = last.Output,
            Index = last.Index,
            Value = last.Value,
            Chain = chain.ToEquatableArray(),
            Source = source,
            Mean = mean,
        };
    }

    /// <summary>
    /// Floats of a position of the input in a buffer: of few channels that are no vector's lanes, one right behind the other, of others whole vectors.
    /// </summary>
    public static int InputPitch(ConvNode first) =>
        first.ReadsScalars && first.Input.Channels < LaneBlocks.Narrow ? first.Input.Channels : LaneBlocks.Lanes(first.Input.Channels);

    /// <summary>
    /// Floats of each buffer of several rows that so many convolutions have, of the input's and of those that a depthwise one among them reads: together half
    /// of the second-level cache.
    /// </summary>
    public static int BufferRoom(int links) => ReferenceCore.StripFloats / (links == 1 ? 1 : 2);

    /// <inheritdoc/>
    public override InputNeed Need(bool training) => Source is null ? Chain[0].Need(training) : InputNeed.Any;

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value? x = Source is null ? pass.InputOf(this) : null;
        Value y = pass.Fresh(this);
        RowMean? mean = Mean is null ? null : new RowMean(TensorLayout.Plain(RowOf(Chain[^1].Output)), Chain[^1].Output.Positions);
        RowBuffer?[] buffers = [.. Chain.Select((link, index) =>
            index > 0 ? RowBuffer.Of(link.Geometry, LaneBlocks.Lanes(link.Input.Channels), BufferRoom(Chain.Length))
            : x is null ? RowBuffer.Of(link.Geometry, InputPitch(link), BufferRoom(Chain.Length)) : null)];
        PlacedContraction[] rows = [.. Chain.Select((link, index) => RowOf(link, buffers[index]?.Layout ?? x!.Layout,
            index + 1 < Chain.Length ? buffers[index + 1]!.Layout : mean?.Row ?? y.Layout))];
        RowChainBody body = new()
        {
            Links = Chain.Select((link, index) => new RowLink
            {
                Method = pass.Schedule.Method(
                    link.MethodStem + "Row", $"a row of {link.Formula}", ContractionBody.Of(rows[index].Kernel, "x", "w", "y", "b").WithWeight("w")),
                Buffer = buffers[index],
                Rows = link.Output.Axes[0],
            }).ToEquatableArray(),
            Planes = x is null ? new RowPlanes(Input.Channels, Input.Axes[1], Input.Positions) : null,
            InputStep = x is null ? 0 : Chain[0].Geometry.Window.Stride[0] * x.Layout.Stride(0),
            OutputStep = mean is null ? y.Layout.Stride(0) : 0,
            Mean = mean,
            IsDivided = mean is null or { Blocks: > 1 },
        };
        Address source = x is null ? Address.Of(Region.UserInput, Source!.Index) : Address.Of(x.Tensor, rows[0].AOffset);
        Value target = mean is null ? y : BlockSums(pass, mean);
        Address[] weights = [.. Chain.SelectMany(link => new[] { pass.Places.ForwardWeight(link), pass.Places.Bias(link)! })];
        string formula = $"y[{Formulas.Dimensions(Output)}] of x[{Formulas.Dimensions(Input)}], {Formulas.Number(Chain.Length)} convolutions row by row";
        pass.Schedule.PerImage(
            new Step(MethodStem + "Rows", formula, body, [source, .. weights, target.Interior, .. Scratch(pass, buffers, mean)]));
        if (mean is not null)
            PlanMean(pass, mean, target, y);
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy) => throw new InvalidOperationException("A trainer keeps the maps between convolutions.");

    private IEnumerable<Address> Scratch(ForwardPass pass, IEnumerable<RowBuffer?> buffers, RowMean? mean)
    {
        string name = Names.Local(Name);
        foreach (RowBuffer? buffer in buffers)
        {
            if (buffer is not null)
                yield return Address.Of(pass.Schedule.Own(name + "Rows", buffer.Layout.Size));
        }

        if (mean is null)
            yield break;
        yield return Address.Of(pass.Schedule.Own(name + "Row", mean.Row.Size));
        yield return Address.Of(pass.Schedule.Own(name + "Chains", RowMean.Chains * mean.Row.Pitch));
    }

    /// <summary>The sums of each block of positions.</summary>
    private Value BlockSums(ForwardPass pass, RowMean mean)
    {
        TensorLayout layout = TensorLayout.Plain(new TensorShape(mean.Row.Channels, [mean.Blocks]));
        return new Value(pass.Schedule.Tensor(Names.Local(Name) + "Sums", layout.Size), layout);
    }

    private void PlanMean(ForwardPass pass, RowMean mean, Value sums, Value y)
    {
        KernelCall call = KernelCall.Of(RuntimeKernel.AverageOfBlocks).In("sums", sums.Interior).Out("y", y.Interior)
            .Numbers(mean.Blocks, mean.Positions, mean.Row.Pitch);
        pass.Call(this, "Forward", $"y[c] = mean of {Formulas.Number(mean.Positions)} positions, from the sums of their blocks", call);
    }

    private static TensorShape RowOf(TensorShape map) => new(map.Channels, [1, map.Axes[1]]);

    /// <summary>A row of a convolution; its offsets are those of the first.</summary>
    private static PlacedContraction RowOf(ConvNode conv, TensorLayout x, TensorLayout y)
    {
        ConvolutionGeometry row = conv.Geometry with { Output = RowOf(conv.Output), IsPart = true };
        PlacedContraction placed = ConvolutionContractions.Forward(row, x, y, conv.Epilogue, splits: false);
        return placed with { Kernel = placed.Kernel with { DividesRows = true, Strips = 1 } };
    }
}
