using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>A tensor between two nodes.</summary>
/// <param name="Tensor">Which tensor of the schedule holds it.</param>
/// <param name="Layout">How it lies there.</param>
public sealed record Value(int Tensor, TensorLayout Layout);

/// <summary>Schedules the forward pass of a trainer or a predictor.</summary>
public sealed class ForwardPlanner(IReadOnlyList<Node> nodes, ShapedNetwork network, ScheduleBuilder schedule, MethodLibrary methods, IWeightPlaces places, bool training)
{
    private readonly List<Value> _values = [];
    private int _dropouts;

    /// <summary>Value i is what node i reads; the last one is the output.</summary>
    public IReadOnlyList<Value> Values => _values;

    /// <summary>For each BatchNorm of a trainer: its statistics.</summary>
    public Dictionary<int, (int Mean, int InverseDeviation, Operand Weight, Operand Bias)> Statistics { get; } = [];

    public void Plan()
    {
        LoadInput();
        for (int index = 0; index < nodes.Count; index++)
            PlanNode(index);
        StoreOutput();
    }

    private void LoadInput()
    {
        TensorShape shape = network.Input.OutputShape;
        TensorLayout layout = LayoutFor(0, shape);
        // Planes with a border between them are no single progression of rows: they go through a tensor without border.
        TensorLayout loaded = shape.Rank > 2 && layout.HasBorder ? TensorLayout.Plain(shape) : layout;
        int tensor = schedule.Tensor("input", loaded.Size);
        if (loaded.Pitch == loaded.Channels)
            ClearBorder("Input", tensor, loaded);
        else
            ClearAll("Input", tensor, loaded);
        string method = methods.Add(
            "LoadInput",
            $"Brings one input from planar order [{Dimensions(shape)}] into channels-last order with its border.",
            Rows.Single(Packing("PlanarToChannelsLast", loaded), ["source", "destination"]));
        schedule.PerImage(method, false, new Operand(Region.UserInput, 0, 0), ScheduleBuilder.At(tensor, loaded.Interior));
        if (loaded == layout)
        {
            _values.Add(new Value(tensor, layout));
            return;
        }

        int bordered = schedule.Tensor("borderedInput", layout.Size);
        ClearBorder("Input", bordered, layout);
        string copy = methods.Add("BorderInput", "y = x, into a tensor with a border", Rows.Over("ElementWise.Copy(ref {x}, ref {y}, {run});", [("x", loaded), ("y", layout)]));
        schedule.PerImage(copy, false, ScheduleBuilder.At(tensor), ScheduleBuilder.At(bordered, layout.Interior));
        _values.Add(new Value(bordered, layout));
    }

    private void StoreOutput()
    {
        Value value = _values[^1];
        string call = Packing("ChannelsLastToPlanar", value.Layout);
        string method = methods.Add("StoreOutput", "Brings one output into the planar order that the user sees.", Rows.Single(call, ["source", "destination"]));
        schedule.PerImage(method, false, ScheduleBuilder.At(value.Tensor, value.Layout.Interior), new Operand(Region.UserOutput, 0, 0));
    }

    private void PlanNode(int index)
    {
        Node node = nodes[index];
        Value x = _values[index];
        switch (node)
        {
            case ConvNode conv:
                PlanConv(conv, x, Fresh(index));
                break;
            case LinearNode linear:
                PlanLinear(linear, x, Fresh(index));
                break;
            case PoolNode pool:
                PlanPool(pool, x, Fresh(index));
                break;
            case GlobalPoolNode:
            {
                Value y = Fresh(index);
                string call = $"GlobalPool.AverageForward(ref {{x}}, ref {{y}}, {Rows.Number(x.Layout.Positions)}, {Rows.Number(x.Layout.Pitch)});";
                Call(node, "Forward", $"y[c] = mean of x[{Dimensions(node.Input)}] over its positions", Rows.Single(call, ["x", "y"]), x, y);
                break;
            }

            case ActivationNode activation:
            {
                bool keepsInput = training && (!Activations.UsesOutput(activation.Spec.Activation) || (index > 0 && NeedsItsOutput(nodes[index - 1])));
                Value y = InPlaceOr(index, !keepsInput);
                string call = $"ElementWise.Forward({Activations.Expression(activation.Spec)}, ref {{x}}, ref {{y}}, {{run}});";
                Call(node, "Forward", $"y[{Dimensions(node.Output)}] = {Activations.Formula(activation.Spec)}(x)", Rows.Over(call, [("x", x.Layout), ("y", y.Layout)]), x, y);
                break;
            }

            case BatchNormNode norm:
                if (training)
                    PlanTrainingNorm(index, norm, x);
                else
                    PlanScaleShift(node, x, InPlaceOr(index, true), places.Scale(norm), places.Shift(norm));
                break;
            case DropoutNode dropout:
                PlanDropout(index, dropout, x);
                break;
            case SoftmaxNode softmax:
            {
                Value y = Fresh(index);
                string call = $"SoftmaxKernels.Forward(ref {{x}}, ref {{y}}, {{positions}}, {Rows.Number(x.Layout.Channels)}, {{pitch}}, {(softmax.Spec.Logarithm ? "true" : "false")});";
                Call(node, "Forward", $"y = {node.Layer.Spec.Kind}(x) over {Rows.Number(x.Layout.Channels)} channels", Rows.Over(call, [("x", x.Layout), ("y", y.Layout)]), x, y);
                break;
            }

            case FlattenNode:
            {
                Value y = Fresh(index);
                if (y.Layout.Pitch != y.Layout.Channels)
                    ClearAll(node.MethodStem, y.Tensor, y.Layout);
                string call = Packing("ChannelsLastToPlanar", x.Layout);
                Call(node, "Forward", $"y[{Dimensions(node.Output)}] = x[{Dimensions(node.Input)}], channel by channel", Rows.Single(call, ["source", "destination"]), x, y);
                break;
            }
        }
    }

    private void PlanConv(ConvNode node, Value x, Value y)
    {
        ClearPaddingOfGroups(node, y);
        PlacedContraction placed = ConvolutionContractions.Forward(node.Geometry, x.Layout, y.Layout, node.Epilogue);
        string formula = $"y[{Dimensions(node.Output)}] = {ActivationOf(node, "b + w * x")}, x[{Dimensions(node.Input)}], kernel {Dimensions(node.Layer.Window!.Kernel)}, stride {Dimensions(node.Layer.Window.Stride)}";
        string method = AddWeightMethod(node, placed, formula);
        schedule.PerImage(method, false, WeightOperands(node, placed, x, y));
    }

    private void PlanLinear(LinearNode node, Value x, Value y)
    {
        PlacedContraction placed = LinearContractions.Forward(x.Layout, y.Layout, node.Weight, node.Epilogue);
        string formula = $"y[n, {Rows.Number(node.Output.Channels)}] = {ActivationOf(node, "b + w x[n]")}, x[{Dimensions(node.Input)}]";
        string method = AddWeightMethod(node, placed, formula);
        schedule.Batch(method, CallShape.UnitsOfImages, placed.Kernel.UnitCount, false, false, WeightOperands(node, placed, x, y));
    }

    private string AddWeightMethod(WeightNode node, PlacedContraction placed, string formula)
    {
        bool bias = places.Bias(node) is not null;
        return methods.Add(
            node.MethodStem + "Forward",
            formula,
            new ContractionBody
            {
                Contraction = bias ? placed.Kernel : placed.Kernel with { Start = StartValue.Zero },
                Names = bias ? ["x", "w", "b", "y"] : ["x", "w", "y"],
            });
    }

    private Operand[] WeightOperands(WeightNode node, PlacedContraction placed, Value x, Value y)
    {
        List<Operand> operands = [ScheduleBuilder.At(x.Tensor, placed.AOffset), places.Weight(node)];
        if (places.Bias(node) is { } bias)
            operands.Add(bias);
        operands.Add(ScheduleBuilder.At(y.Tensor, placed.COffset));
        return [.. operands];
    }

    private void PlanPool(PoolNode node, Value x, Value y)
    {
        PoolBody body = new()
        {
            Pool = node.Spec.Pool,
            Backward = false,
            Window = node.Layer.Window!,
            CountIncludePad = node.Spec.CountIncludePad,
            Input = x.Layout,
            Output = y.Layout,
            Gradient = x.Layout,
        };
        string word = node.Spec.Pool == PoolKind.Max ? "max" : "mean";
        string formula = $"y[{Dimensions(node.Output)}] = {word} of x[{Dimensions(node.Input)}] over windows of {Dimensions(node.Layer.Window!.Kernel)}, stride {Dimensions(node.Layer.Window.Stride)}";
        Call(node, "Forward", formula, body, x, y);
    }

    private void PlanTrainingNorm(int index, BatchNormNode node, Value x)
    {
        string stem = Names.Local(node.Name);
        int pitch = x.Layout.Pitch;
        if (node.Layer.Spec.Frozen)
        {
            int scale = schedule.Shared(stem + "Scale", pitch);
            int shift = schedule.Shared(stem + "Shift", pitch);
            FrozenScaleShift(node, scale, shift);
            Statistics[index] = (scale, shift, ScheduleBuilder.At(scale), ScheduleBuilder.At(shift));
            PlanScaleShift(node, x, Fresh(index), ScheduleBuilder.At(scale), ScheduleBuilder.At(shift));
            return;
        }

        string positions = Rows.Number(x.Layout.Positions);
        int means = schedule.Tensor(stem + "Means", pitch);
        int squares = schedule.Tensor(stem + "Squares", pitch);
        int mean = schedule.Shared(stem + "Mean", pitch);
        int inverse = schedule.Shared(stem + "InverseDeviation", pitch);
        string statistics = methods.Add(
            node.MethodStem + "Statistics",
            $"mean and sum of squared deviations of each of {Rows.Number(x.Layout.Channels)} channels over one image's {positions} positions",
            Rows.Single($"BatchNormKernels.Statistics(ref {{x}}, {positions}, {Rows.Number(pitch)}, ref {{mean}}, ref {{squares}});", ["x", "mean", "squares"]));
        schedule.PerImage(statistics, false, ScheduleBuilder.At(x.Tensor, x.Layout.Interior), ScheduleBuilder.At(means), ScheduleBuilder.At(squares));
        string combine = methods.Add(
            node.MethodStem + "Combine",
            "the batch's statistics from the images', and the running ones moved towards them",
            Rows.Single(
                $"BatchNormKernels.Combine(ref {{means}}, ref {{squares}}, images, {positions}, {Rows.Number(pitch)}, ref {{mean}}, ref {{inverseDeviation}}, ref {{runningMean}}, ref {{runningVariance}}, {Activations.Literal(node.Spec.Epsilon)}, {Activations.Literal(node.Spec.Momentum)});",
                ["means", "squares", "mean", "inverseDeviation", "runningMean", "runningVariance"],
                ["int images"]));
        schedule.Batch(
            combine, CallShape.OnceWithImages, 0, false, false, ScheduleBuilder.At(means), ScheduleBuilder.At(squares), ScheduleBuilder.At(mean), ScheduleBuilder.At(inverse), places.RunningMean(node), places.RunningVariance(node));
        (Operand weight, Operand bias) = AffineOf(node, stem, pitch);
        Statistics[index] = (mean, inverse, weight, bias);
        Value y = Fresh(index);
        string normalize = methods.Add(
            node.MethodStem + "Forward",
            $"y[{Dimensions(node.Output)}] = weight (x - mean) / sqrt(variance + {Activations.Literal(node.Spec.Epsilon)}) + bias, per channel, over the batch",
            Rows.Over(
                "BatchNormKernels.Normalize(ref {x}, ref {mean}, ref {inverseDeviation}, ref {weight}, ref {bias}, ref {y}, {positions}, {pitch});",
                [("x", x.Layout), ("y", y.Layout)], ["mean", "inverseDeviation", "weight", "bias"]));
        schedule.PerImage(
            normalize, false, ScheduleBuilder.At(x.Tensor, x.Layout.Interior), ScheduleBuilder.At(y.Tensor, y.Layout.Interior), ScheduleBuilder.At(mean), ScheduleBuilder.At(inverse), weight, bias);
    }

    /// <summary>Weight and bias of a norm; constants where it has none of its own.</summary>
    private (Operand Weight, Operand Bias) AffineOf(BatchNormNode node, string stem, int pitch)
    {
        if (places.NormWeight(node) is { } weight && places.NormBias(node) is { } bias)
            return (weight, bias);
        int ones = schedule.Shared(stem + "Ones", pitch);
        int zeros = schedule.Shared(stem + "Zeros", pitch);
        string fill = methods.Add(node.MethodStem + "Ones", "weight = 1, for a norm without one", Rows.Single($"KernelConstants.Fill(ref {{y}}, 1f, {Rows.Number(pitch)});", ["y"]));
        schedule.Batch(fill, CallShape.Once, 0, true, false, ScheduleBuilder.At(ones));
        return (ScheduleBuilder.At(ones), ScheduleBuilder.At(zeros));
    }

    private void FrozenScaleShift(BatchNormNode node, int scale, int shift)
    {
        string channels = Rows.Number(node.Input.Channels);
        string method = node.Spec.Affine
            ? methods.Add(
                node.MethodStem + "ScaleShift",
                "the running statistics as a scale and a shift",
                Rows.Single(
                    $"BatchNormKernels.ScaleShift(ref {{weight}}, ref {{bias}}, ref {{runningMean}}, ref {{runningVariance}}, {Activations.Literal(node.Spec.Epsilon)}, {channels}, ref {{scale}}, ref {{shift}});",
                    ["weight", "bias", "runningMean", "runningVariance", "scale", "shift"]))
            : methods.Add(
                node.MethodStem + "ScaleShift",
                "the running statistics as a scale and a shift",
                Rows.Single(
                    $"KernelConstants.ScaleShift(ref {{runningMean}}, ref {{runningVariance}}, {Activations.Literal(node.Spec.Epsilon)}, {channels}, ref {{scale}}, ref {{shift}});",
                    ["runningMean", "runningVariance", "scale", "shift"]));
        List<Operand> operands = [];
        if (node.Spec.Affine)
            operands.AddRange([places.NormWeight(node)!, places.NormBias(node)!]);
        operands.AddRange([places.RunningMean(node), places.RunningVariance(node), ScheduleBuilder.At(scale), ScheduleBuilder.At(shift)]);
        schedule.Batch(method, CallShape.Once, 0, false, false, [.. operands]);
    }

    private void PlanScaleShift(Node node, Value x, Value y, Operand scale, Operand shift)
    {
        string method = methods.Add(
            node.MethodStem + "Forward",
            $"y[{Dimensions(node.Output)}] = x * scale + shift, per channel",
            Rows.Over("ElementWise.ScaleShift(ref {x}, ref {scale}, ref {shift}, ref {y}, {positions}, {pitch});", [("x", x.Layout), ("y", y.Layout)], ["scale", "shift"]));
        schedule.PerImage(method, false, ScheduleBuilder.At(x.Tensor, x.Layout.Interior), ScheduleBuilder.At(y.Tensor, y.Layout.Interior), scale, shift);
    }

    private void PlanDropout(int index, DropoutNode node, Value x)
    {
        // The mask is drawn by the element's place in an unbordered tensor, so that forward and backward agree.
        bool keepsInput = index > 0 && NeedsItsOutput(nodes[index - 1]);
        TensorLayout plain = TensorLayout.Plain(new TensorShape(x.Layout.Channels, x.Layout.Axes));
        TensorLayout wanted = LayoutFor(index + 1, node.Output);
        Value y = keepsInput || x.Layout != plain ? new Value(schedule.Tensor(TensorName(node), plain.Size), plain) : x;
        string call = $"DropoutKernel.Apply(ref {{x}}, ref {{y}}, {Rows.Number(plain.RawSize)}, {Activations.Literal(node.Spec.Probability)}, key, (ulong)image * {Rows.Number(plain.Size)}UL);";
        string method = methods.Add(
            node.MethodStem + "Apply",
            $"y[{Dimensions(node.Output)}] = 0 with probability {Activations.Literal(node.Spec.Probability)}, else x / (1 - probability); the same for the gradient",
            Rows.Single(call, ["x", "y"], ["ulong key", "int image"]));
        schedule.PerImageWithKey(method, _dropouts++, false, ScheduleBuilder.At(x.Tensor, x.Layout.Interior), ScheduleBuilder.At(y.Tensor));
        if (wanted == plain)
        {
            _values.Add(y);
            return;
        }

        Value bordered = Fresh(index);
        string copy = methods.Add(node.MethodStem + "Copy", "y = x, into a tensor with a border", Rows.Over("ElementWise.Copy(ref {x}, ref {y}, {run});", [("x", y.Layout), ("y", bordered.Layout)]));
        schedule.PerImage(copy, false, ScheduleBuilder.At(y.Tensor), ScheduleBuilder.At(bordered.Tensor, bordered.Layout.Interior));
    }

    private void Call(Node node, string suffix, string formula, StepBody body, Value x, Value y)
    {
        string method = methods.Add(node.MethodStem + suffix, formula, body);
        schedule.PerImage(method, false, ScheduleBuilder.At(x.Tensor, x.Layout.Interior), ScheduleBuilder.At(y.Tensor, y.Layout.Interior));
    }

    /// <summary>A new tensor for what node <paramref name="index"/> writes, with its border cleared.</summary>
    private Value Fresh(int index)
    {
        TensorLayout layout = LayoutFor(index + 1, nodes[index].Output);
        Value value = new(schedule.Tensor(TensorName(nodes[index]), layout.Size), layout);
        ClearBorder(nodes[index].MethodStem, value.Tensor, layout);
        _values.Add(value);
        return value;
    }

    /// <summary>The node's input again where it may be overwritten and lies right; else a new tensor.</summary>
    private Value InPlaceOr(int index, bool allowed)
    {
        Value x = _values[index];
        if (!allowed || x.Layout != LayoutFor(index + 1, nodes[index].Output))
            return Fresh(index);
        _values.Add(x);
        return x;
    }

    /// <summary>The layout that the reader of value <paramref name="reader"/> wants.</summary>
    private TensorLayout LayoutFor(int reader, TensorShape shape)
    {
        if (reader >= nodes.Count)
            return TensorLayout.Plain(shape);
        TensorLayout layout = TensorLayout.Plain(shape);
        if (nodes[reader] is ConvNode conv)
        {
            (EquatableArray<int> begin, EquatableArray<int> end) = conv.Geometry.InputBorder();
            layout = TensorLayout.Bordered(shape, begin, end);
        }

        // The input's channels are never in the lanes of a convolution or a linear layer, so they need no padding.
        bool dense = reader == 0 && (shape.Rank <= 2 || !layout.HasBorder) && (nodes[0] is LinearNode || nodes[0] is ConvNode { Geometry.IsDepthwise: false });
        return dense ? layout with { Pitch = shape.Channels } : layout;
    }

    private void ClearBorder(string stem, int tensor, TensorLayout layout)
    {
        if (!layout.HasBorder)
            return;
        string method = methods.Add(stem + "ClearBorder", $"zeros around y[{Dimensions(layout.Axes)}], the padding of the convolution that reads it", new BorderBody { Layout = layout });
        schedule.PerImage(method, false, ScheduleBuilder.At(tensor));
    }

    /// <summary>A grouped convolution leaves the pitch's padding alone, because another group's channels may stand there; it must not hold rubbish.</summary>
    private void ClearPaddingOfGroups(ConvNode node, Value y)
    {
        if (node.Geometry.Weight.Groups == 1 || y.Layout.Channels == y.Layout.Pitch)
            return;
        ClearAll(node.MethodStem, y.Tensor, y.Layout);
    }

    private void ClearAll(string stem, int tensor, TensorLayout layout)
    {
        string method = methods.Add(stem + "Clear", "zeros, for the padding of the channels and the border", Rows.Single($"ElementWise.Clear(ref {{y}}, {Rows.Number(layout.Size)});", ["y"]));
        schedule.PerImage(method, false, ScheduleBuilder.At(tensor));
    }

    /// <summary>Whether backward reads what the node wrote.</summary>
    public static bool NeedsItsOutput(Node node) => node switch
    {
        WeightNode weight => weight.Fused is not null,
        ActivationNode activation => Activations.UsesOutput(activation.Spec.Activation),
        SoftmaxNode => true,
        _ => false,
    };

    /// <summary>The call that exchanges planar and channels-last order for one image.</summary>
    public static string Packing(string method, TensorLayout layout)
    {
        int rank = layout.Axes.Length;
        int row = rank == 0 ? 1 : layout.Axes[rank - 1];
        int rows = layout.Positions / row;
        int rowStride = rank >= 2 ? layout.Stride(rank - 2) : row * layout.Pitch;
        return $"Packing.{method}(ref {{source}}, ref {{destination}}, {Rows.Number(layout.Channels)}, {Rows.Number(row)}, {Rows.Number(rows)}, {Rows.Number(layout.Pitch)}, {Rows.Number(rowStride)});";
    }

    private static string ActivationOf(WeightNode node, string inner) => node.Fused is null ? inner : $"{Activations.Formula(node.Fused)}({inner})";

    private static string TensorName(Node node) => Names.Local(node.Name) + "Output";

    public static string Dimensions(TensorShape shape) => Dimensions(shape.Axes.Concat([shape.Channels]).ToEquatableArray());

    public static string Dimensions(EquatableArray<int> axes) => string.Join(", ", axes.Select(Rows.Number));
}
