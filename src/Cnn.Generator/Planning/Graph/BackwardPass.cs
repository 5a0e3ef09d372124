using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>
/// Schedules the backward pass of a trainer: from the gradient of the outputs to the gradients of the parameters, and of the inputs where asked for.
/// </summary>
/// <remarks>
/// The gradient of a value is the sum of what its readers contribute, in the reverse order of their execution. A weight's gradient is summed over the images
/// by the worker that owns that part of it, in the order of the images, in groups that depend on their number alone: workers change no bit of the sum.
/// </remarks>
public sealed class BackwardPass
{
    private readonly NodeGraph _graph;
    private readonly Gradient?[] _gradients;

    /// <summary>For each value whether something before it learns; the gradients of the others are needed for input gradients only.</summary>
    private readonly bool[] _isRequired;

    private readonly List<(Action Action, bool IsSum)> _pending = [];

    /// <summary>Borders that are cleared once the tensor is written: by then its cache lines are there.</summary>
    private readonly List<(string Stem, Value Value, bool Optional)> _borders = [];

    public BackwardPass(NodeGraph graph, ForwardPass forward, ScheduleBuilder schedule, TrainerPlaces places)
    {
        _graph = graph;
        Forward = forward;
        Schedule = schedule;
        Places = places;
        _gradients = new Gradient?[graph.ValueCount];
        _isRequired = new bool[graph.ValueCount];
        foreach (Node node in graph.Nodes)
            _isRequired[node.Value] = node.IsTrainable || node.Inputs.Any(input => _isRequired[input]);
    }

    public ForwardPass Forward { get; }

    public ScheduleBuilder Schedule { get; }

    public TrainerPlaces Places { get; }

    public void Plan()
    {
        foreach (Node node in _graph.Nodes.Reverse())
        {
            LoadOutputGradients(node.Value);
            node.PlanBackward(this, _gradients[node.Value] ?? throw new InvalidOperationException($"No gradient reaches {node.Name}."));
        }

        RunPending();
        foreach (GraphPort input in _graph.Inputs)
        {
            LoadOutputGradients(input.Value);
            StoreInputGradient(input);
        }

        while (_pending.Count > 0)
            RunPending();
    }

    /// <summary>Whether the gradient of an input is needed for input gradients only.</summary>
    public bool IsOptional(Node node, int input = 0) => !_isRequired[node.Inputs[input]];

    /// <summary>Whether the gradient of a node's output is needed for input gradients only.</summary>
    public bool IsOutputOptional(Node node) => !_isRequired[node.Value];

    /// <summary>Adds to the gradient of what a node read.</summary>
    /// <param name="node">The node.</param>
    /// <param name="input">Which of its inputs.</param>
    /// <param name="dx">Its part of the gradient.</param>
    /// <param name="isShared">Whether others read the same tensor.</param>
    /// <param name="undone">Whether the <see cref="ActivationBefore"/> is undone in it.</param>
    public void Contribute(Node node, int input, Value dx, bool isShared = false, bool undone = false) => Contribute(node.Inputs[input], dx, isShared, undone);

    private void Contribute(int value, Value dx, bool isShared, bool undone)
    {
        ClearBorders();
        if (_gradients[value] is not { } sum)
        {
            _gradients[value] = new Gradient(dx, isShared, undone);
            return;
        }

        string name = ValueName(value);
        TensorLayout layout = GradientLayout(value);
        Value total = !sum.IsShared && sum.Layout == layout ? sum.Value
            : !isShared && dx.Layout == layout ? dx
            : NewTensor(name + "GradientSum", layout, !_isRequired[value]);
        KernelCall add = KernelCall.Of(RuntimeKernel.Add).In("a", sum.Value).In("b", dx).Out("sum", total).Run();
        Schedule.PerImage(add.Step(Names.Pascal(name) + "AddGradients", "sum = a + b: the value has several readers, and its gradient is the sum of theirs"),
            !_isRequired[value]);
        ClearBorders();
        _gradients[value] = new Gradient(total, false);
    }

    /// <summary>What readers of a node's first input contributed to its gradient before, for a node that adds it to its own part; null for nothing.</summary>
    public Value? SumSoFar(Node node) => _gradients[node.Inputs[0]] is { IsUndone: false } sum ? sum.Value : null;

    /// <summary>Adds to the gradient of a node's first input.</summary>
    /// <param name="node">The node.</param>
    /// <param name="dx">Its part of the gradient.</param>
    /// <param name="added">The <see cref="SumSoFar"/>, if it is in that part already.</param>
    public void Contribute(Node node, Value dx, Value? added)
    {
        if (added is not null)
            _gradients[node.Inputs[0]] = null;
        Contribute(node.Inputs[0], dx, isShared: false, undone: false);
    }

    /// <summary>The layout in which the producer of an input wants its gradient: a convolution that has no activation to undo first wants its border.</summary>
    public TensorLayout GradientLayout(int value, bool undone = false) =>
        _graph.Producer(value)?.WantedGradient(this, undone) ?? TensorLayout.Plain(_graph.Shape(value));

    /// <summary>The activation that a node's input ends with, where the node alone reads that and so can undo it along the way.</summary>
    public ActivationSpec? ActivationBefore(Node node) =>
        _graph.HasOneReader(node.Inputs[0]) ? _graph.Producer(node.Inputs[0])?.LastActivation?.Function : null;

    /// <summary>A new tensor for a part of the gradient of a node's input.</summary>
    /// <param name="node">The node.</param>
    /// <param name="input">Which of its inputs.</param>
    /// <param name="bordered">Whether it may have the border that the input's producer wants; kernels that write one position after the other cannot.</param>
    /// <param name="undone">Whether the <see cref="ActivationBefore"/> is undone in it.</param>
    public Value Fresh(Node node, int input = 0, bool bordered = true, bool undone = false)
    {
        int value = node.Inputs[input];
        TensorLayout layout = bordered ? GradientLayout(value, undone) : TensorLayout.Plain(_graph.Shape(value));
        bool optional = IsOptional(node, input);
        return NewTensor(NameOf(node, "InputGradient"), layout, optional);
    }

    /// <summary>
    /// Hands the gradient of a finished sum on to the residual, activation undone; where there is none, the gradient is still that of the output.
    /// </summary>
    public Gradient BeforeResidual(FinishingNode node, Gradient dy)
    {
        if (node.ResidualInput is not { } input)
            return dy;
        Value sum = node.Fused is { } activation && !dy.IsUndone
            ? ActivationBackward(node, activation, Forward.OutputOf(node), dy, TensorLayout.Plain(node.Output), IsOutputOptional(node), "ActivationBackward")
            : dy.Value;
        Contribute(node, input, sum, isShared: true);
        return new Gradient(sum, IsShared: true, IsUndone: true);
    }

    /// <summary>The gradient before the activation that a node does along the way.</summary>
    public Value BeforeActivation(FinishingNode node, Gradient dy, TensorLayout layout)
    {
        bool optional = IsOutputOptional(node);
        if (node.Fused is not null && !dy.IsUndone)
            return ActivationBackward(node, node.Fused, Forward.OutputOf(node), dy, layout, optional, "ActivationBackward");
        return dy.Layout == layout ? dy.Value : Copied(node, dy.Value, layout, optional);
    }

    /// <summary>dx = dy f'(saved), over dy itself where nobody else reads that and it lies right.</summary>
    public Value ActivationBackward(
        Node node, ActivationSpec spec, Value saved, Gradient dy, TensorLayout layout, bool optional, string suffix = "Backward")
    {
        Value dx = dy.IsShared || dy.Layout != layout ? NewTensor(NameOf(node, "Before"), layout, optional) : dy.Value;
        string formula = $"dx = dy * {Formulas.Activation(spec)}', from its {(spec.Definition.UsesOutput ? "output" : "input")}";
        KernelCall call = KernelCall.Of(RuntimeKernel.ActivateBackward).Argue(new ActivationArgument(spec.Function)).In("dy", dy.Value)
            .In("saved", saved).Out("dx", dx).Run();
        Schedule.PerImage(call.Step(node.MethodStem + suffix, formula), optional);
        ClearBorders();
        return dx;
    }

    public Value Copied(Node node, Value dy, TensorLayout layout, bool optional)
    {
        Value copy = NewTensor(NameOf(node, "Bordered"), layout, optional);
        KernelCall call = KernelCall.Of(RuntimeKernel.Copy).In("dy", dy).Out("dx", copy).Run();
        Schedule.PerImage(call.Step(node.MethodStem + "CopyGradient", "dx = dy, into a tensor with another border"), optional);
        ClearBorders();
        return copy;
    }

    /// <summary>Where the lanes behind the channels are not written they must not hold rubbish: it would reach the sums over the lanes' columns.</summary>
    public void ClearPadding(string stem, Value value, bool optional)
    {
        if (value.Layout.Channels != value.Layout.Pitch)
            Clear(stem + "Clear", "zeros, for the padding of the channels and the border", value, optional);
    }

    /// <inheritdoc cref="ForwardPass.ClearLanes"/>
    public void ClearLanes(string stem, Value value, bool optional)
    {
        if (value.Layout.Channels != value.Layout.Pitch)
            Schedule.PerImage(LaneClearing.Step(stem + "Gradient", value), optional);
    }

    /// <summary>Clears all of a gradient, its border with it.</summary>
    public void Clear(string method, string formula, Value value, bool optional)
    {
        _borders.RemoveAll(border => border.Value == value);
        Schedule.PerImage(KernelCall.Of(RuntimeKernel.Clear).Out("y", value.Start).Numbers(value.Layout.Size).Step(method, formula), optional);
    }

    /// <summary>A call of a runtime kernel for each image, for the gradient of a node's first input.</summary>
    public void Call(Node node, string formula, KernelCall call) => Schedule.PerImage(call.Step(node.MethodStem + "Backward", formula), IsOptional(node));

    /// <summary>Holds a weight's gradient back, so that several layers' work on each image can run as one stage.</summary>
    public void Defer(Action action) => _pending.Add((action, false));

    /// <summary>
    /// Holds back the last sum of a weight's gradient, of which nothing follows in the pass: it waits for other work on the batch, lest it divide what is done
    /// to an image while that is in cache.
    /// </summary>
    public void DeferSum(Action action) => _pending.Add((action, true));

    /// <summary>Schedules what was held back, if it is not sums alone; what that holds back in turn waits for the next time.</summary>
    public void Flush()
    {
        if (_pending.Exists(static pending => !pending.IsSum))
            RunPending();
    }

    private void RunPending()
    {
        (Action Action, bool)[] pending = [.. _pending];
        _pending.Clear();
        foreach ((Action action, _) in pending)
            action();
    }

    public static string NameOf(Node node, string suffix) => Names.Local(node.Name) + suffix;

    private string ValueName(int value) => _graph.Producer(value) is { } node ? Names.Local(node.Name) : InputName(_graph.Inputs[value]);

    private string InputName(GraphPort input) => _graph.Inputs.Count == 1 ? "input" : input.Port.CamelName + "Input";

    private Value NewTensor(string name, TensorLayout layout, bool optional)
    {
        Value value = new(Schedule.Tensor(name, layout.Size, optional), layout);
        if (layout.HasBorder)
            _borders.Add((Names.Pascal(name), value, optional));
        return value;
    }

    private void ClearBorders()
    {
        foreach ((string stem, Value value, bool optional) in _borders)
        {
            const string Formula = "zeros around the gradient, for the convolution's taps that reach over the edge";
            Schedule.PerImage(new Step(stem + "ClearBorder", Formula, new BorderBody { Layout = value.Layout }, value.Start), optional);
        }

        _borders.Clear();
    }

    /// <summary>What the loss says of a value that the user gets; a trainer's outputs and their gradients are planar whatever the caller's order.</summary>
    private void LoadOutputGradients(int value)
    {
        foreach (GraphPort output in _graph.Outputs.Where(output => output.Value == value))
        {
            string stem = _graph.Outputs.Count == 1 ? "OutputGradient" : output.Port.PascalName + "OutputGradient";
            TensorLayout layout = TensorLayout.Plain(_graph.Shape(value));
            bool optional = !_isRequired[value];
            Value gradient = new(Schedule.Tensor(Names.Local(stem), layout.Size, optional), layout);
            ShapedPort planar = output.Port with { Layout = DataLayout.ChannelsFirst };
            Schedule.PerImage(ImageOrder.FromCaller("Load" + stem, "the gradient of one output", planar,
                Address.Of(Region.OutputGradient, output.Index), gradient), optional);
            Contribute(value, gradient, isShared: false, undone: false);
        }
    }

    private void StoreInputGradient(GraphPort input)
    {
        string stem = Names.Pascal(InputName(input)) + "Gradient";
        Address destination = Address.Of(Region.InputGradient, input.Index);
        Schedule.PerImage(
            _gradients[input.Value] is { } gradient
                ? ImageOrder.ToCaller("Store" + stem, "the gradient of one input", input.Port, gradient.Value, destination)
                : KernelCall.Of(RuntimeKernel.Clear).Out("y", destination).Numbers(input.Port.Shape.Length)
                    .Step("Clear" + stem, "zeros: no output depends on the input"),
            optional: true);
    }
}
