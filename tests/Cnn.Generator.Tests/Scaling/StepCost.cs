using Cnn.Generator.Planning;

namespace Cnn.Generator.Tests.Scaling;

/// <summary>What a step's work takes one core, in nanoseconds, and how it can be divided: an estimate from the plan alone.</summary>
/// <param name="plan">Whose steps they are.</param>
/// <param name="tensors">Of the schedule.</param>
/// <param name="core">Who does it.</param>
internal sealed class StepCost(NetworkPlan plan, IReadOnlyList<PlannedTensor> tensors, CoreRates core)
{
    /// <summary>Of an update with momentum, for each parameter: momentum, weight and gradient are read, the first two written.</summary>
    public const double FloatsOfUpdate = 5;

    private const int ImagesOfRun = 16;

    private readonly Dictionary<string, StepBody> _bodies = plan.Methods.ToDictionary(method => method.Name, method => method.Body, StringComparer.Ordinal);

    /// <summary>The units of a call in their order, each with its time.</summary>
    /// <param name="call">A call whose units workers share.</param>
    /// <param name="images">Of the pass.</param>
    public double[] Units(StepCall call, int images)
    {
        if (_bodies[call.Method] is ContractionBody { Contraction: { Units: not UnitKind.None } kernel })
        {
            int outer = kernel.UnitCount / kernel.Sections.Sum(section => section.Blocks);
            return [.. kernel.Sections.SelectMany(section => Enumerable.Repeat(
                Rows(kernel, images) * Sums(kernel, images) * section.Width / core.MultiplyAddsPerNanosecond, section.Blocks * outer))];
        }

        int units = call.HasUnitsOfEachImage ? images * call.Units : call.Units;
        return [.. Enumerable.Repeat(Whole(call, images) / units, units)];
    }

    /// <summary>What workers take one after the other: of each group of images all units, of each unit all runs of images.</summary>
    /// <param name="call">A call whose units workers share.</param>
    /// <param name="images">Of the pass.</param>
    public double[] UnitsOfPass(StepCall call, int images)
    {
        if (call.Sharing == Sharing.UnitsOfEachImage || call.Groups > 1)
        {
            int groups = Math.Min(call.Groups, images);
            double[] ofImage = Units(call, 1);
            return [.. Enumerable.Range(0, groups).SelectMany(group => ofImage.Select(
                unit => unit * (((group + 1) * images / groups) - (group * images / groups))))];
        }

        double[] units = Units(call, images);
        if (call.Sharing != Sharing.UnitsOfImages)
            return units;
        int runs = (images + ImagesOfRun - 1) / ImagesOfRun;
        return [.. units.SelectMany(unit => Enumerable.Repeat(unit / runs, runs))];
    }

    /// <summary>All of a call; a turn's part of it, where it is taken in turns.</summary>
    /// <param name="call">A call.</param>
    /// <param name="images">Of the pass, where the call is for all of them; else 1.</param>
    public double Whole(StepCall call, int images) => _bodies[call.Method] switch
    {
        ContractionBody { Contraction: var kernel } => Whole(kernel, images),
        RowChainBody body => RowsOf(body, [.. body.Links.Select(static link => link.Rows)]),
        BorderBody { Layout: var layout } => (layout.Size - (layout.Positions * layout.Pitch)) / core.FloatsPerNanosecond,
        WinogradBody { Batch: var batch } => (double)images * batch.Tiles * (Products(batch) + Points(batch)),
        // Each unit computes its row of points of the outputs' gradient for itself.
        WinogradGradientBody { Batch: var batch } =>
            (double)images * batch.Tiles * (Products(batch) + (Points(batch) * (batch.Chunks + 1) / 2)),
        ImageLanesBody { Lanes: var lanes } => (double)lanes.Parts * lanes.Inputs * lanes.Outputs * images / core.MultiplyAddsPerNanosecond,
        _ => call.Operands.Where(operand => operand.Address.Region == Region.Tensor).Sum(operand => Floats(operand.Address.Tensor, images))
            / core.FloatsPerNanosecond / Math.Max(1, call.Turns),
    };

    /// <summary>The largest part of a call when so many workers share one image.</summary>
    public double LargestShare(StepCall call, int parts) => Whole(call, images: 1) * _bodies[call.Method] switch
    {
        ContractionBody { Contraction: { DividesRows: true } kernel } body => RowShare(body, kernel, parts),
        ContractionBody { Contraction: var kernel } body => BlockShare(body, kernel, parts),
        RowChainBody body => LargestRows(body, parts) / RowsOf(body, [.. body.Links.Select(static link => link.Rows)]),
        KernelBody { IsDivided: true, Counts: [var count, ..] } => Share(count, parts),
        PoolBody { IsDivided: true, Output.Axes: [var count, ..] } => Share(count, parts),
        { IsDivided: true } => 1.0 / parts,
        _ => 1,
    };

    private double Whole(Contraction kernel, int images) =>
        (double)Rows(kernel, images) * Sums(kernel, images) * kernel.Sections.Sum(section => section.Blocks * section.Width) / core.MultiplyAddsPerNanosecond;

    /// <summary>So many rows of each convolution, of the input where that is brought row by row, and of the last where they are summed.</summary>
    private double RowsOf(RowChainBody body, int[] rows)
    {
        double convolutions = body.Links.Select((link, index) =>
            rows[index] * Whole(((ContractionBody)_bodies[link.Method]).Contraction, images: 1)).Sum();
        double moved = body.Links[0].Buffer is { } buffer ? (double)RowsRead(buffer, rows[0]) * buffer.Row : 0;
        double summed = body.Mean is { } mean ? (double)rows[^1] * mean.Row.Size : 0;
        return convolutions + ((moved + summed) / core.FloatsPerNanosecond);
    }

    /// <summary>
    /// Those of the worker who has most: the rows of a map that two workers' outputs see both of them make. Means are divided by the blocks of their sums.
    /// </summary>
    private double LargestRows(RowChainBody body, int parts)
    {
        int[] rows = new int[body.Links.Length];
        int share = body.Mean is { } mean
            ? (int)Math.Ceiling(body.Rows * Math.Min(1, (double)RowMean.BlockPositions * ((mean.Blocks + parts - 1) / parts) / mean.Positions))
            : (body.Rows + parts - 1) / parts;
        for (int link = rows.Length - 1; link >= 0; link--)
        {
            rows[link] = share;
            if (body.Links[link].Buffer is { } buffer)
                share = RowsRead(buffer, share);
        }

        return RowsOf(body, rows);
    }

    private static int RowsRead(RowBuffer buffer, int rows) =>
        Math.Min(buffer.MapRows, buffer.Window.Overlaps ? ((rows - 1) * buffer.Window.Stride) + buffer.Window.Reach : rows * buffer.Window.Reach);

    /// <summary>The products of a tile at its points.</summary>
    private double Products(WinogradBatch batch) =>
        (double)WinogradForm.Points * batch.Weight.Inputs * batch.Weight.Lanes / core.MultiplyAddsPerNanosecond;

    /// <summary>A tile's points, written and read, of both sides of the products.</summary>
    private double Points(WinogradBatch batch) =>
        2.0 * WinogradForm.Points * (batch.Weight.Inputs + batch.Weight.Outputs) / core.FloatsPerNanosecond;

    private static double BlockShare(ContractionBody body, Contraction kernel, int parts)
    {
        double all = kernel.Sections.Sum(section => section.Blocks * section.Width);
        return kernel.Sections.Sum(section =>
        {
            int blockParts = section.Blocks == 1 ? 1 : CommonDivisor(parts, section.Blocks);
            return section.Blocks * section.Width / all / blockParts * RowShare(body, kernel, parts / blockParts);
        });
    }

    private static double RowShare(ContractionBody body, Contraction kernel, int parts)
    {
        KernelText text = body.Sections[0].Wide ?? body.Sections[0].Narrow;
        return text.SharedAxis is { } axis ? Share(text.Tiles(axis), parts) : 1;
    }

    private static double Share(int count, int parts) => (double)((count + parts - 1) / parts) / count;

    private static int CommonDivisor(int a, int b) => b == 0 ? a : CommonDivisor(b, a % b);

    private static long Rows(Contraction kernel, int images) =>
        KernelText.Rows(kernel).Aggregate(1L, (product, axis) => product * (axis.Count == Contraction.Images ? images : axis.Count));

    private static long Sums(Contraction kernel, int images) =>
        kernel.Reduction.Aggregate(1L, (product, axis) => product * (axis.Count == Contraction.Images ? images : axis.Count));

    private double Floats(int tensor, int images) =>
        (double)tensors[tensor].Size * (tensors[tensor].Space is MemorySpace.Batch or MemorySpace.OptionalBatch ? images : 1);
}
