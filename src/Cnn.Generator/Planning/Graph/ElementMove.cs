using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>Plans the calls by which the elements of one value go to their places in another.</summary>
/// <remarks>
/// A call of the kernel moves two axes: rows of floats that are contiguous in both, or a block that is contiguous along one axis in the source and
/// along the other in the target, or whatever it is. The other axes are loops around it.
/// </remarks>
internal sealed class ElementMove
{
    /// <summary>Floats that are worth a vector.</summary>
    private const int VectorLength = 8;

    private const int Neighbours = 1;
    private const int Transposed = 3;
    private const int OneByOne = 5;

    /// <summary>Floats of which half is worth the way from one core to another.</summary>
    private const int WorthDividing = 4096;

    /// <summary>Floats beside which the setting up of a loop over them is little.</summary>
    private const int ManyInRow = 16;

    private readonly ScheduleBuilder _schedule;
    private readonly string _stem;
    private readonly bool _optional;
    private readonly bool _divides;

    /// <param name="schedule">Receives the calls.</param>
    /// <param name="stem">What methods are called after.</param>
    /// <param name="optional">Whether they run for input gradients only.</param>
    /// <param name="divides">Whether workers that share an image may divide them, where that is worth it.</param>
    public ElementMove(ScheduleBuilder schedule, string stem, bool optional, bool divides) =>
        (_schedule, _stem, _optional, _divides) = (schedule, stem, optional, divides);

    /// <summary>Whether a tensor of the one layout is one of the other as it lies, the padding of the channels with it.</summary>
    public static bool IsInPlace(Movement movement, TensorLayout x, TensorLayout y) =>
        !x.HasBorder && !y.HasBorder && x.Size == y.Size && movement.Between(x, y) is { } placed
        && WithPadding(placed, x, y) is { IsInOrder: true } moved && moved.Count == x.Pitch * x.Positions && moved.Count == y.Pitch * y.Positions;

    /// <summary>What an element costs, about: least where it is moved with its neighbours, more where blocks are transposed, most by itself.</summary>
    public static int WorkOfElement(Movement movement, TensorLayout x, TensorLayout y)
    {
        if (movement.Between(x, y) is not { } placed)
            return OneByOne + Neighbours;
        EquatableArray<MovedAxis> axes = WithPadding(placed, x, y).Axes;
        return axes.Any(static axis => axis is { Source: 1, Target: 1, Length: >= VectorLength }) ? Neighbours
            : axes.Any(static axis => axis is { Source: 1, Length: >= VectorLength }) && axes.Any(static axis => axis is { Target: 1, Length: >= VectorLength })
                ? Transposed
            : OneByOne;
    }

    /// <summary>Schedules the calls.</summary>
    /// <param name="movement">What goes where, in planar order.</param>
    /// <param name="x">From here.</param>
    /// <param name="y">To there: all that the movement reaches is written, and the padding of the channels where it reaches all positions.</param>
    /// <param name="formula">For the reader.</param>
    public void Plan(Movement movement, Value x, Value y, string formula)
    {
        if (movement.Between(x.Layout, y.Layout) is { } placed)
        {
            PlanPlaced(placed, x, y, formula, string.Empty);
            return;
        }

        // Axes that are no parts of each other's, as of 4 x 6 and 3 x 8: by way of the elements in planar order, a vector.
        Movement inOrder = Movement.InOrder(movement.Count);
        TensorLayout vector = TensorLayout.Plain(new(movement.Count, default));
        Value flat = new(_schedule.Tensor(Names.Local(_stem) + "InOrder", vector.Size, _optional), vector);
        bool reachesAll = movement.Count == y.Layout.Channels * y.Layout.Positions;
        Movement? gathered = reachesAll ? movement.Between(x.Layout, vector) : null;
        PlanPlaced(gathered ?? Placed(inOrder, x, flat), x, flat, "the elements one after the other", "InOrder");
        PlanPlaced(Placed(gathered is null ? movement : inOrder, flat, y), flat, y, formula, string.Empty);
    }

    /// <summary>Whether a move writes the padding behind the channels as well, or there is none.</summary>
    public static bool ReachesPadding(Movement movement, TensorLayout x, TensorLayout y) =>
        y.Pitch == y.Channels || (movement.Between(x, y) is { } placed && WithPadding(placed, x, y) != placed);

    /// <summary>Schedules zeros behind the channels of each position, where moves do not reach.</summary>
    public void PlanPadding(Value y)
    {
        int behind = y.Layout.Pitch - y.Layout.Channels;
        KernelCall clear = KernelCall.Of(RuntimeKernel.ClearChannels).Out("y", y with { Channel = y.Layout.Channels }).Numbers(y.Layout.Pitch).Positions()
            .Numbers(behind);
        _schedule.PerImage(clear.Step(_stem + "Padding", "zeros behind the channels"), _optional);
    }

    private static Movement Placed(Movement movement, Value x, Value y) =>
        movement.Between(x.Layout, y.Layout) ?? throw new InvalidOperationException("A vector takes the elements of any shape.");

    /// <summary>With the padding behind the channels moved along, where it lies behind them in both: rows become longer and contiguous.</summary>
    private static Movement WithPadding(Movement placed, TensorLayout x, TensorLayout y)
    {
        if (x.Channels != y.Channels || x.Pitch != y.Pitch || x.Channels == x.Pitch)
            return placed;
        EquatableArray<MovedAxis> axes = x.Channels == 1 ? [.. placed.Axes, new MovedAxis(x.Pitch, 1, 1)] : placed.Axes
            .Select(axis => axis is { Source: 1, Target: 1 } && axis.Length == x.Channels ? axis with { Length = x.Pitch } : axis).ToEquatableArray();
        return axes == placed.Axes ? placed : (placed with { Axes = axes }).Merged();
    }

    private void PlanPlaced(Movement placed, Value x, Value y, string formula, string suffix)
    {
        placed = WithPadding(placed, x.Layout, y.Layout);
        List<MovedAxis> outer = [.. placed.Axes];
        (MovedAxis? columns, MovedAxis? rows) = Inner(outer);
        (MovedAxis column, MovedAxis row) = (Take(outer, columns), Take(outer, rows));
        bool isWorthDividing = _divides && placed.Count >= WorthDividing;
        bool dividesRows = isWorthDividing && outer.Count == 0;
        KernelCall call = KernelCall.Of(RuntimeKernel.Move).Loop(outer.Select(static axis => axis.Length).ToEquatableArray())
            .Moving("x", Access.In, Address.Of(x.Tensor, placed.Source + x.Channel), outer.Select(static axis => axis.Source).ToEquatableArray())
            .Numbers(row.Source, column.Source)
            .Moving("y", Access.Out, Address.Of(y.Tensor, placed.Target + y.Channel), outer.Select(static axis => axis.Target).ToEquatableArray())
            .Numbers(row.Target, column.Target, row.Length, column.Length);
        call = dividesRows ? call.Number(RunNumbers.Part).Number(RunNumbers.Parts) : call.Numbers(0, 1);
        _schedule.PerImage(call.Divided(isWorthDividing).Step(_stem + suffix, formula), _optional);
    }

    private static MovedAxis Take(List<MovedAxis> axes, MovedAxis? taken)
    {
        if (taken is null)
            return new MovedAxis(1, 1, 1);
        axes.Remove(taken);
        return taken;
    }

    /// <summary>
    /// The axes of one call. Columns are innermost in the target; rows are the longest other axis where columns are contiguous in both, else what is innermost
    /// in the source. Where that would be a block too small to be transposed, floats go one by one, and what counts is that there are many in a call.
    /// </summary>
    private static (MovedAxis? Column, MovedAxis? Row) Inner(List<MovedAxis> axes)
    {
        MovedAxis[] inTarget = [.. axes.OrderBy(static axis => Math.Abs(axis.Target))];
        MovedAxis? column = inTarget.FirstOrDefault();
        if (column is null or { Source: 1, Target: 1 })
            return (column, axes.Where(axis => axis != column).OrderByDescending(static axis => axis.Length).FirstOrDefault());
        MovedAxis? row = axes.Where(axis => axis != column).OrderBy(static axis => Math.Abs(axis.Source)).FirstOrDefault();
        if (row is null || Math.Min(row.Length, column.Length) >= VectorLength)
            return (column, row);
        MovedAxis many = inTarget.FirstOrDefault(static axis => axis.Length >= ManyInRow) ?? inTarget.OrderByDescending(static axis => axis.Length).First();
        return (many, Array.Find(inTarget, axis => axis != many));
    }
}
