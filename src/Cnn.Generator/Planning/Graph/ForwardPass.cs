using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Schedules the forward pass of a trainer or a predictor: gives each value a tensor, and lets each node plan itself.</summary>
/// <param name="graph">What runs.</param>
/// <param name="schedule">Receives the calls.</param>
/// <param name="methods">Receives the methods.</param>
/// <param name="places">Where parameters lie.</param>
/// <param name="training">Whether a backward pass follows.</param>
/// <param name="traceOffsets">For a trace: where among the outputs each value goes.</param>
public sealed class ForwardPass(
    NodeGraph graph, ScheduleBuilder schedule, IWeightPlaces places, bool training, IReadOnlyList<int>? traceOffsets = null)
{
    private readonly Value?[] _values = new Value?[graph.ValueCount];
    private readonly Value?[] _bordered = new Value?[graph.ValueCount];
    private readonly List<(string Stem, Value Value)> _borders = [];

    /// <summary>Of values that are made in their place among a concatenation's channels: where. A trainer's backward pass reads them by themselves.</summary>
    private readonly Dictionary<int, (ConcatNode Whole, int Channel)> _parts =
        training || traceOffsets is not null ? [] : ConcatenationParts.Of(graph);

    /// <summary>Of values that are others in another shape: which.</summary>
    private readonly Dictionary<int, int> _views = [];

    public ScheduleBuilder Schedule => schedule;

    public IWeightPlaces Places => places;

    /// <summary>Whether a backward pass follows.</summary>
    public bool Training => training;

    /// <summary>Whether the user gets every value, each as soon as it is there, and not the last alone.</summary>
    public bool Tracing => traceOffsets is not null;

    /// <summary>Whether the workers do each image together where there are fewer of them.</summary>
    public bool SharesImages => !training;

    /// <summary>For each max pool: which elements won.</summary>
    public Dictionary<int, Value> Winners { get; } = [];

    /// <summary>For each norm with statistics: where they are.</summary>
    internal Dictionary<int, NormStatistics> Statistics { get; } = [];

    /// <summary>For each division by a norm: the norms, and what was divided by.</summary>
    internal Dictionary<int, (Value Norms, Value Divisors)> Norms { get; } = [];

    public void Plan()
    {
        foreach (GraphPort input in graph.Inputs)
        {
            LoadInput(input);
            Give(input.Value);
        }

        foreach (Node node in graph.Nodes)
        {
            node.PlanForward(this);
            ClearBorders();
            AddBorderedCopy(node.Value, node.MethodStem);
            Give(node.Value);
        }
    }

    /// <summary>What a value lies in.</summary>
    public Value ValueOf(int value) => _values[value] ?? throw new InvalidOperationException("A value is read before it is made.");

    /// <summary>What a node reads, as it needs it.</summary>
    public Value InputOf(Node node, int input = 0)
    {
        int value = node.Inputs[input];
        return !node.ReadsElements(input) && node.Need(training).HasBorder && _bordered[value] is { } bordered ? bordered : ValueOf(value);
    }

    /// <summary>What a node made.</summary>
    public Value OutputOf(Node node) => ValueOf(node.Value);

    /// <summary>A new tensor for what a node makes, whose border is cleared when the node has made it: by then its cache lines are there.</summary>
    public Value Fresh(Node node)
    {
        if (_parts.TryGetValue(node.Value, out (ConcatNode Whole, int Channel) part))
        {
            Value whole = _values[part.Whole.Value] ??= NewTensor(part.Whole);
            return _values[node.Value] = new(whole.Tensor, whole.Layout with { Channels = node.Output.Channels }) { Channel = part.Channel };
        }

        Value value = _values[node.Value] ??= NewTensor(node);
        _borders.Add((node.MethodStem, value));
        return value;
    }

    private Value NewTensor(Node node)
    {
        TensorLayout layout = LayoutOf(node.Value);
        return new(schedule.Tensor(TensorName(node), layout.Size), layout);
    }

    /// <summary>The node's input again, where nobody else wants it, it may be overwritten and it lies right; else a new tensor.</summary>
    /// <param name="node">A node that works element by element.</param>
    /// <param name="keepsInput">Whether the node's backward pass reads its input.</param>
    public Value InPlaceOr(Node node, bool keepsInput)
    {
        Value x = InputOf(node);
        if (keepsInput || !MayOverwrite(node) || x.Layout != LayoutOf(node.Value))
            return Fresh(node);
        _values[node.Value] = x;
        return x;
    }

    /// <summary>Whether a node is the only one that wants its input, and what that is another view of.</summary>
    public bool MayOverwrite(Node node)
    {
        int value = node.Inputs[0];
        while (graph.HasOneReader(value) && !(training && graph.Producer(value) is { KeepsOutput: true }))
        {
            if (!_views.TryGetValue(value, out int whole))
                return true;
            value = whole;
        }

        return false;
    }

    /// <summary>Says what a node made, where that is no fresh tensor.</summary>
    public void Made(Node node, Value value) => _values[node.Value] = value;

    /// <summary>Says that what a node made is its input, which lies in memory as the output does.</summary>
    public void MadeView(Node node, Value value)
    {
        Made(node, value);
        _views[node.Value] = node.Inputs[0];
    }

    /// <summary>The layout that the readers of a value want.</summary>
    public TensorLayout LayoutOf(int value)
    {
        TensorShape shape = graph.Shape(value);
        bool contiguous = graph.Readers(value).Any(reader => NeedOf(reader, value).Contiguous);
        TensorLayout layout = contiguous ? TensorLayout.Plain(shape) : BorderedLayout(value);

        // The input's channels are never in the lanes of a convolution or a linear layer, so they need no padding.
        bool dense = graph.IsInput(value) && !graph.IsOutput(value) && (shape.Rank <= 2 || !layout.HasBorder)
            && graph.Readers(value).All(reader => reader.ReadsScalars && !ReadsElements(reader, value));
        return dense ? layout with { Pitch = shape.Channels } : layout;
    }

    /// <summary>A call of a runtime kernel for each image, divided among the workers that share one where that is worth it.</summary>
    public void Call(Node node, string suffix, string formula, KernelCall call, bool divides = false) =>
        schedule.PerImage(call.Divided(divides && SharesImages).Step(node.MethodStem + suffix, formula));

    /// <summary>Copies a value into a tensor of another layout with the same pitch.</summary>
    public void Copy(string stem, Value x, Value y) => schedule.PerImage(
        KernelCall.Of(RuntimeKernel.Copy).In("x", x).Out("y", y).Run().Divided(SharesImages).Step(stem + "Copy", "y = x, into a tensor with a border"));

    private void ClearBorders()
    {
        _borders.ForEach(border => ClearBorder(border.Stem, border.Value));
        _borders.Clear();
    }

    private void ClearBorder(string stem, Value value)
    {
        if (!value.Layout.HasBorder)
            return;
        string formula = $"zeros around y[{Formulas.Dimensions(value.Layout.Axes)}], the padding of the convolution that reads it";
        schedule.PerImage(new Step(stem + "ClearBorder", formula, new BorderBody { Layout = value.Layout }, value.Start));
    }

    /// <summary>Clears all of a tensor whose writers leave the padding of the channels alone.</summary>
    public void ClearAll(string stem, Value value) => schedule.PerImage(
        KernelCall.Of(RuntimeKernel.Clear).Out("y", value.Start).Numbers(value.Layout.Size)
            .Step(stem + "Clear", "zeros, for the padding of the channels and the border"));

    /// <summary>
    /// Zeros into the lanes behind the channels, where a function of what stands there may be infinite or no number: in a trainer that would reach sums
    /// over the lanes' columns.
    /// </summary>
    public void ClearLanes(string stem, Value value)
    {
        if (value.Layout.Channels != value.Layout.Pitch)
            schedule.PerImage(LaneClearing.Step(stem, value));
    }

    private InputNeed NeedOf(Node reader, int value) =>
        Enumerable.Range(0, reader.Inputs.Length).Any(input => reader.Inputs[input] == value && !reader.ReadsElements(input))
            ? reader.Need(training)
            : InputNeed.Any;

    private static bool ReadsElements(Node reader, int value) =>
        Enumerable.Range(0, reader.Inputs.Length).Any(input => reader.Inputs[input] == value && reader.ReadsElements(input));

    private TensorLayout BorderedLayout(int value)
    {
        TensorShape shape = graph.Shape(value);
        int[] begin = new int[shape.Rank];
        int[] end = new int[shape.Rank];
        foreach (Node reader in graph.Readers(value))
        {
            InputNeed need = NeedOf(reader, value);
            for (int axis = 0; axis < need.BorderBegin.Length; axis++)
            {
                begin[axis] = Math.Max(begin[axis], need.BorderBegin[axis]);
                end[axis] = Math.Max(end[axis], need.BorderEnd[axis]);
            }
        }

        return TensorLayout.Bordered(shape, begin.ToEquatableArray(), end.ToEquatableArray());
    }

    /// <summary>Where some readers want a border and others none, those who want it get a copy.</summary>
    private void AddBorderedCopy(int value, string stem)
    {
        Value plain = ValueOf(value);
        TensorLayout layout = BorderedLayout(value);
        if (plain.Layout.HasBorder || !layout.HasBorder)
            return;
        layout = layout with { Pitch = plain.Layout.Pitch };
        Value bordered = plain with { Tensor = schedule.Tensor(Names.Local(stem) + "Bordered", layout.Size), Layout = layout };
        Copy(stem + "Bordered", plain, bordered);
        ClearBorder(stem + "Bordered", bordered);
        _bordered[value] = bordered;
    }

    private void LoadInput(GraphPort input)
    {
        if (graph.Readers(input.Value) is [RowChainNode { Source: not null }])
            return;
        TensorShape shape = input.Port.Shape;
        string stem = graph.Inputs.Count == 1 ? "Input" : input.Port.PascalName + "Input";
        TensorLayout layout = LayoutOf(input.Value);
        // Planes with a border between them are no single progression of rows: they go through a tensor without border.
        TensorLayout loaded = shape.Rank > 2 && layout.HasBorder ? TensorLayout.Plain(shape) : layout;
        bool keepsBorder = !training && IsMostlyBorder(loaded);
        Value value = new(keepsBorder ? schedule.Lasting(Names.Local(stem), loaded.Size) : schedule.Tensor(Names.Local(stem), loaded.Size), loaded)
        {
            Groups = GroupsOf(input),
        };
        schedule.PerImage(
            ImageOrder.FromCaller("Load" + stem, "one input", input.Port, Address.Of(Region.UserInput, input.Index), value, divides: SharesImages));
        if (!keepsBorder)
            ClearBorder(stem, value);
        _values[input.Value] = value;
        AddBorderedCopy(input.Value, stem);
    }

    /// <summary>
    /// In how many groups a convolution that is an input's only reader wants it; an input that the caller gives by positions is copied as it is.
    /// </summary>
    private int GroupsOf(GraphPort input) =>
        !training && !input.Port.IsChannelsLast && !graph.IsOutput(input.Value) && graph.Readers(input.Value) is [ConvNode conv] ? conv.InterleavedGroups : 1;

    /// <summary>
    /// Whether clearing a border at each call would cost as much as what stands inside, of so small a map that memory of its own costs little.
    /// </summary>
    private static bool IsMostlyBorder(TensorLayout layout) =>
        layout.HasBorder && layout.RawSize > layout.Positions * layout.Pitch * 3 / 2 && layout.Size <= ReferenceCore.LoadedFloats * 4;

    /// <summary>Gives the user a value that is an output, or is traced, at once: a node behind it may overwrite it.</summary>
    private void Give(int value)
    {
        if (traceOffsets is not null)
        {
            schedule.PerImage(ImageOrder.ToCaller("StoreTraced", "one output", null, Storable(value), new Address(Region.UserOutput, 0, traceOffsets[value])));
            return;
        }

        foreach (GraphPort output in graph.Outputs.Where(output => output.Value == value))
        {
            string name = graph.Outputs.Count == 1 ? "StoreOutput" : $"Store{output.Port.PascalName}Output";
            // A trainer's outputs are planar whatever the caller's order: its losses are the same to the bit.
            ShapedPort? port = training ? null : output.Port;
            schedule.PerImage(ImageOrder.ToCaller(name, "one output", port, Storable(value), Address.Of(Region.UserOutput, output.Index)));
        }
    }

    /// <summary>A value without a border between its planes, as in <see cref="LoadInput"/>.</summary>
    private Value Storable(int number)
    {
        Value value = ValueOf(number);
        if (!value.Layout.HasBorder || value.Layout.Axes.Length <= 2)
            return value;
        TensorLayout layout = TensorLayout.Plain(graph.Shape(number)) with { Pitch = value.Layout.Pitch };
        Value plain = new(schedule.Tensor("plain", layout.Size), layout);
        Copy("Plain", value, plain);
        return plain;
    }

    private static string TensorName(Node node) => Names.Local(node.Name) + "Output";
}

/// <summary>Where a norm has its statistics: those of the batch, or of each image.</summary>
/// <param name="Mean">One number a channel.</param>
/// <param name="InverseDeviation">One number a channel.</param>
/// <param name="Weight">A BatchNorm's weight, or the scale of a frozen one.</param>
/// <param name="Bias">A BatchNorm's bias.</param>
internal sealed record NormStatistics(Address Mean, Address InverseDeviation, Address? Weight = null, Address? Bias = null);
