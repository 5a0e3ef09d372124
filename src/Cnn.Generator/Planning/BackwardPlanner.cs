using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Schedules the backward pass of a trainer: from the gradient of the outputs to the gradients of the parameters, and of the inputs where asked for.</summary>
/// <remarks>
/// Gradients of activations are overwritten, never summed: each output has one reader. A weight's gradient is summed over the images by the worker that
/// owns that part of it, in the order of the images, so that the sum does not depend on the number of workers.
/// </remarks>
public sealed class BackwardPlanner(IReadOnlyList<Node> nodes, ForwardPlanner forward, ScheduleBuilder schedule, MethodLibrary methods, TrainerPlaces places)
{
    /// <summary>The first node with something to learn: what lies before it is run for input gradients only.</summary>
    private readonly int _first = Enumerable.Range(0, nodes.Count + 1).First(index => index == nodes.Count || IsTrainable(nodes[index]));

    private readonly List<Action> _pending = [];
    private int _dropouts = nodes.Count(static node => node is DropoutNode);

    public void Plan()
    {
        Value gradient = LoadOutputGradient();
        for (int index = nodes.Count - 1; index >= 0; index--)
            gradient = PlanNode(index, gradient);
        Flush();
        StoreInputGradient(gradient);
    }

    private static bool IsTrainable(Node node) => !node.Layer.Spec.Frozen && node.Layer.Parameters.Any(static parameter => parameter.IsTrainable);

    private Value LoadOutputGradient()
    {
        TensorLayout output = forward.Values[forward.Values.Count - 1].Layout;
        TensorLayout layout = TensorLayout.Plain(new TensorShape(output.Channels, output.Axes));
        bool optional = nodes.Count - 1 < _first;
        int tensor = schedule.Tensor("outputGradient", layout.Size, optional);
        ClearPadding("OutputGradient", new Value(tensor, layout), optional);
        string method = methods.Add("LoadOutputGradient", "Brings the gradient of one output from planar into channels-last order.", Rows.Single(ForwardPlanner.Packing("PlanarToChannelsLast", layout), ["source", "destination"]));
        schedule.PerImage(method, optional, new Operand(Region.OutputGradient, 0, 0), ScheduleBuilder.At(tensor));
        return new Value(tensor, layout);
    }

    private void StoreInputGradient(Value gradient)
    {
        string method = methods.Add("StoreInputGradient", "Brings the gradient of one input into the planar order that the user sees.", Rows.Single(ForwardPlanner.Packing("ChannelsLastToPlanar", gradient.Layout), ["source", "destination"]));
        schedule.PerImage(method, true, ScheduleBuilder.At(gradient.Tensor, gradient.Layout.Interior), new Operand(Region.InputGradient, 0, 0));
    }

    private Value PlanNode(int index, Value dy)
    {
        bool optional = index < _first;
        Node node = nodes[index];
        switch (node)
        {
            case ConvNode conv:
                return PlanConv(index, conv, dy);
            case LinearNode linear:
                return PlanLinear(index, linear, dy);
            case PoolNode pool:
                return PlanPool(index, pool, dy, optional);
            case GlobalPoolNode:
            {
                Value dx = Fresh(index, optional, bordered: false);
                string call = $"GlobalPool.AverageBackward(ref {{dy}}, ref {{dx}}, {Rows.Number(dx.Layout.Positions)}, {Rows.Number(dx.Layout.Pitch)});";
                Call(node, $"dx[c] = dy[c] / {Rows.Number(dx.Layout.Positions)} at every position", Rows.Single(call, ["dy", "dx"]), optional, dy, dx);
                return dx;
            }

            case ActivationNode activation:
            {
                bool usesOutput = Activations.UsesOutput(activation.Spec.Activation);
                return PlanActivation(index, node, activation.Spec, forward.Values[usesOutput ? index + 1 : index], dy, DxLayout(index, true), optional);
            }

            case BatchNormNode norm:
                return PlanNorm(index, norm, dy, optional);
            case DropoutNode:
            {
                string method = methods.Add(node.MethodStem + "Apply", string.Empty, DropoutBody((DropoutNode)node, dy.Layout));
                schedule.PerImageWithKey(method, --_dropouts, optional, ScheduleBuilder.At(dy.Tensor), ScheduleBuilder.At(dy.Tensor));
                return dy;
            }

            case SoftmaxNode softmax:
            {
                Value y = forward.Values[index + 1];
                Value dx = Fresh(index, optional, bordered: true);
                string call = $"SoftmaxKernels.Backward(ref {{dy}}, ref {{y}}, ref {{dx}}, {{positions}}, {Rows.Number(y.Layout.Channels)}, {{pitch}}, {(softmax.Spec.Logarithm ? "true" : "false")});";
                string method = methods.Add(node.MethodStem + "Backward", "dx from dy and y", Rows.Over(call, [("dy", dy.Layout), ("y", y.Layout), ("dx", dx.Layout)]));
                schedule.PerImage(method, optional, Interior(dy), Interior(y), Interior(dx));
                return dx;
            }

            case FlattenNode:
            {
                Value dx = Fresh(index, optional, bordered: false);
                ClearPadding(node.MethodStem, dx, optional);
                Call(node, "dx = dy, as the map lies in memory", Rows.Single(ForwardPlanner.Packing("PlanarToChannelsLast", dx.Layout), ["source", "destination"]), optional, dy, dx);
                return dx;
            }

            default:
                throw new InvalidOperationException($"No backward pass for {node.Layer.Spec.Kind}.");
        }
    }

    private static RowsBody DropoutBody(DropoutNode node, TensorLayout plain) => Rows.Single(
        $"DropoutKernel.Apply(ref {{x}}, ref {{y}}, {Rows.Number(plain.RawSize)}, {Activations.Literal(node.Spec.Probability)}, key, (ulong)image * {Rows.Number(plain.Size)}UL);",
        ["x", "y"],
        ["ulong key", "int image"]);

    private Value PlanConv(int index, ConvNode node, Value dy)
    {
        bool optional = index < _first;
        bool weights = IsTrainable(node);
        bool inner = index > _first;
        Value pre = PlanFused(index, node, dy, inner ? GradientLayout(node) : TensorLayout.Plain(node.Output), optional);
        if (weights && node.HasBias)
            PlanBias(node, pre);
        if (weights)
        {
            Flush();
            _pending.Add(() => PlanConvWeight(index, node, pre));
        }

        if (!inner)
        {
            Flush();
            pre = Bordered(node, pre);
        }

        Value dx = Fresh(index, !inner, bordered: true);
        ClearPaddingOfGroups(node, dx, !inner);
        foreach (PlacedContraction phase in ConvolutionContractions.InputGradient(node.Geometry, pre.Layout, dx.Layout))
        {
            string method = methods.Add(
                node.MethodStem + "InputGradient",
                $"dx[{ForwardPlanner.Dimensions(node.Input)}] = w, transposed, * dy[{ForwardPlanner.Dimensions(node.Output)}]{(node.Layer.Window!.Stride.Any(static stride => stride > 1) ? ", for one residue of the stride" : string.Empty)}",
                new ContractionBody { Contraction = phase.Kernel, Names = ["dy", "w", "dx"] });
            Operand weight = node.Geometry.IsDepthwise ? places.Weight(node) : places.Transposed(node, node.Geometry.TransposedWeight, false, 0, !inner);
            schedule.PerImage(method, !inner, ScheduleBuilder.At(pre.Tensor, phase.AOffset), weight, ScheduleBuilder.At(dx.Tensor, phase.COffset));
        }

        return dx;
    }

    private void PlanConvWeight(int index, ConvNode node, Value dy)
    {
        Value x = forward.Values[index];
        PlacedContraction placed = ConvolutionContractions.WeightGradient(node.Geometry, x.Layout, dy.Layout);
        string method = methods.Add(
            node.MethodStem + "WeightGradient",
            $"dw += dy[{ForwardPlanner.Dimensions(node.Output)}] * x[{ForwardPlanner.Dimensions(node.Input)}], summed over the positions of one image",
            new ContractionBody { Contraction = placed.Kernel, Names = ["x", "dy", "dw"] });
        schedule.Batch(
            method, CallShape.UnitsForEachImage, placed.Kernel.UnitCount, false, false, ScheduleBuilder.At(x.Tensor, placed.AOffset), ScheduleBuilder.At(dy.Tensor, placed.BOffset), places.Gradient(node, "weight"));
    }

    /// <summary>The bias' gradient is the sum of dy over positions and images: per image first, then over the images in order.</summary>
    private void PlanBias(ConvNode node, Value dy)
    {
        string name = Names.Local(node.Name);
        int sums = schedule.Tensor(name + "BiasSums", dy.Layout.Pitch);
        string positions = Rows.Number(dy.Layout.RawSize / dy.Layout.Pitch);
        string method = methods.Add(
            node.MethodStem + "BiasSums",
            "sums[c] = sum of dy over one image's positions; a border of zeros adds nothing",
            Rows.Single($"Reductions.ColumnSums(ref {{dy}}, {positions}, {Rows.Number(dy.Layout.Pitch)}, ref {{sums}});", ["dy", "sums"]));
        schedule.PerImage(method, false, ScheduleBuilder.At(dy.Tensor), ScheduleBuilder.At(sums));
        string sum = methods.Add(
            node.MethodStem + "BiasGradient",
            "db[c] = sum of the images' sums",
            Rows.Single($"Reductions.SumImages(ref {{sums}}, images, {Rows.Number(dy.Layout.Pitch)}, ref {{db}});", ["sums", "db"], ["int images"]));
        _pending.Add(() => schedule.Batch(sum, CallShape.OnceWithImages, 0, false, false, ScheduleBuilder.At(sums), places.Gradient(node, "bias")));
    }

    private Value PlanLinear(int index, LinearNode node, Value dy)
    {
        bool optional = index < _first;
        bool weights = IsTrainable(node);
        bool inner = index > _first;
        Value pre = PlanFused(index, node, dy, dy.Layout, optional);
        Value x = forward.Values[index];
        Flush();
        bool joined = false;
        if (weights)
        {
            PlacedContraction placed = LinearContractions.WeightGradient(x.Layout, pre.Layout, node.Weight);
            string method = methods.Add(
                node.MethodStem + "WeightGradient",
                $"dw[{Rows.Number(node.Output.Channels)}, {ForwardPlanner.Dimensions(node.Input)}] = sum over the images of dy[n] * x[n]",
                new ContractionBody { Contraction = placed.Kernel, Names = ["x", "dy", "dw"] });
            schedule.Batch(method, CallShape.UnitsOfImages, placed.Kernel.UnitCount, false, false, ScheduleBuilder.At(x.Tensor, placed.AOffset), ScheduleBuilder.At(pre.Tensor), places.Gradient(node, "weight"));
            joined = true;
            if (node.HasBias)
            {
                string bias = methods.Add(
                    node.MethodStem + "BiasGradient",
                    "db = sum over the images of dy[n]",
                    Rows.Single($"Reductions.ColumnSums(ref {{dy}}, images, {Rows.Number(pre.Layout.Pitch)}, ref {{db}});", ["dy", "db"], ["int images"]));
                schedule.Batch(bias, CallShape.OnceWithImages, 0, true, false, ScheduleBuilder.At(pre.Tensor), places.Gradient(node, "bias"));
            }
        }

        Value dx = Fresh(index, !inner, bordered: false);
        PlacedContraction gradient = LinearContractions.InputGradient(pre.Layout, dx.Layout, node.Weight);
        string backward = methods.Add(
            node.MethodStem + "InputGradient",
            $"dx[n, {ForwardPlanner.Dimensions(node.Input)}] = w, transposed, dy[n, {Rows.Number(node.Output.Channels)}]",
            new ContractionBody { Contraction = gradient.Kernel, Names = ["dy", "w", "dx"] });
        Operand transposed = places.Transposed(node, LinearContractions.TransposedWeight(dx.Layout, node.Weight), true, dx.Layout.Pitch, !inner);
        schedule.Batch(backward, CallShape.UnitsOfImages, gradient.Kernel.UnitCount, joined && inner, !inner, ScheduleBuilder.At(pre.Tensor), transposed, ScheduleBuilder.At(dx.Tensor, gradient.COffset));
        return dx;
    }

    /// <summary>The gradient before the activation that a node's epilogue does.</summary>
    private Value PlanFused(int index, WeightNode node, Value dy, TensorLayout layout, bool optional)
    {
        if (node.Fused is not null)
            return PlanActivation(index, node, node.Fused, forward.Values[index + 1], dy, layout, optional);
        return dy.Layout == layout ? dy : Copied(node, dy, layout, optional);
    }

    private Value PlanActivation(int index, Node node, ActivationSpec spec, Value saved, Value dy, TensorLayout layout, bool optional)
    {
        Value dx = dy;
        if (dy.Layout != layout)
        {
            dx = new Value(schedule.Tensor(GradientName(node, "Before"), layout.Size, optional), layout);
            ClearBorder(node.MethodStem + "Gradient", dx, optional);
        }

        string call = $"ElementWise.Backward({Activations.Expression(spec)}, ref {{dy}}, ref {{saved}}, ref {{dx}}, {{run}});";
        string method = methods.Add(
            node.MethodStem + (node is WeightNode ? "ActivationBackward" : "Backward"),
            $"dx = dy * {Activations.Formula(spec)}', from its {(Activations.UsesOutput(spec.Activation) ? "output" : "input")}",
            Rows.Over(call, [("dy", dy.Layout), ("saved", saved.Layout), ("dx", dx.Layout)]));
        schedule.PerImage(method, optional, Interior(dy), Interior(saved), Interior(dx));
        return dx;
    }

    private Value PlanPool(int index, PoolNode node, Value dy, bool optional)
    {
        Value x = forward.Values[index];
        Value dx = Fresh(index, optional, bordered: true, clear: false);
        PoolBody body = new()
        {
            Pool = node.Spec.Pool,
            Backward = true,
            Window = node.Layer.Window!,
            CountIncludePad = node.Spec.CountIncludePad,
            Input = x.Layout,
            Output = dy.Layout,
            Gradient = dx.Layout,
        };
        if (body.IsPartition)
        {
            ClearBorder(node.MethodStem + "Gradient", dx, optional);
        }
        else
        {
            string clear = methods.Add(node.MethodStem + "ClearGradient", "dx = 0, because windows overlap or leave inputs out", Rows.Single($"ElementWise.Clear(ref {{dx}}, {Rows.Number(dx.Layout.Size)});", ["dx"]));
            schedule.PerImage(clear, optional, ScheduleBuilder.At(dx.Tensor));
        }

        bool max = node.Spec.Pool == PoolKind.Max;
        string formula = max ? "dx at each window's first largest x is dy, else 0" : "dx = sum over the windows that hold it of dy / window";
        string method = methods.Add(node.MethodStem + "Backward", formula, body);
        if (max)
            schedule.PerImage(method, optional, Interior(x), Interior(dy), Interior(dx));
        else
            schedule.PerImage(method, optional, Interior(dy), Interior(dx));
        return dx;
    }

    private Value PlanNorm(int index, BatchNormNode node, Value dy, bool optional)
    {
        (int mean, int inverse, Operand weight, Operand bias) = forward.Statistics[index];
        if (node.Layer.Spec.Frozen)
        {
            Value scaled = Fresh(index, optional, bordered: true);
            int zeros = schedule.Shared(GradientName(node, "NoShift"), dy.Layout.Pitch);
            string scale = methods.Add(
                node.MethodStem + "Backward",
                "dx = dy * scale, per channel",
                Rows.Over("ElementWise.ScaleShift(ref {dy}, ref {scale}, ref {shift}, ref {dx}, {positions}, {pitch});", [("dy", dy.Layout), ("dx", scaled.Layout)], ["scale", "shift"]));
            schedule.PerImage(scale, optional, Interior(dy), Interior(scaled), weight, ScheduleBuilder.At(zeros));
            return scaled;
        }

        Value x = forward.Values[index];
        int pitch = x.Layout.Pitch;
        string name = Names.Local(node.Name);
        int sumsDy = schedule.Tensor(name + "SumsDy", pitch, optional);
        int sumsDyXhat = schedule.Tensor(name + "SumsDyXhat", pitch, optional);
        string sums = methods.Add(
            node.MethodStem + "BackwardSums",
            "sums of dy and of dy * xhat over one image's positions, xhat = (x - mean) * inverseDeviation",
            Rows.Single(
                $"BatchNormKernels.BackwardSums(ref {{dy}}, ref {{x}}, ref {{mean}}, ref {{inverseDeviation}}, {Rows.Number(x.Layout.Positions)}, {Rows.Number(pitch)}, ref {{sumDy}}, ref {{sumDyXhat}});",
                ["dy", "x", "mean", "inverseDeviation", "sumDy", "sumDyXhat"]));
        schedule.PerImage(sums, optional, Interior(dy), Interior(x), ScheduleBuilder.At(mean), ScheduleBuilder.At(inverse), ScheduleBuilder.At(sumsDy), ScheduleBuilder.At(sumsDyXhat));
        bool trainable = IsTrainable(node);
        Operand db = trainable ? places.Gradient(node, "bias") : ScheduleBuilder.At(schedule.Shared(name + "BiasGradient", pitch));
        Operand dw = trainable ? places.Gradient(node, "weight") : ScheduleBuilder.At(schedule.Shared(name + "WeightGradient", pitch));
        string combine = methods.Add(
            node.MethodStem + "BackwardCombine",
            "db = sum of dy, dw = sum of dy * xhat, over the batch",
            Rows.Single($"BatchNormKernels.BackwardCombine(ref {{sumsDy}}, ref {{sumsDyXhat}}, images, {Rows.Number(pitch)}, ref {{db}}, ref {{dw}});", ["sumsDy", "sumsDyXhat", "db", "dw"], ["int images"]));
        Flush();
        schedule.Batch(combine, CallShape.OnceWithImages, 0, false, optional, ScheduleBuilder.At(sumsDy), ScheduleBuilder.At(sumsDyXhat), db, dw);
        bool last = index <= _first;
        Value dx = Fresh(index, last, bordered: true);
        string apply = methods.Add(
            node.MethodStem + "Backward",
            "dx = weight * inverseDeviation * (dy - db / m - xhat * dw / m), m values a channel in the batch",
            Rows.Over(
                $"BatchNormKernels.BackwardApply(ref {{dy}}, ref {{x}}, ref {{mean}}, ref {{inverseDeviation}}, ref {{weight}}, ref {{db}}, ref {{dw}}, 1f / (images * {Rows.Number(x.Layout.Positions)}f), ref {{dx}}, {{positions}}, {{pitch}});",
                [("dy", dy.Layout), ("x", x.Layout), ("dx", dx.Layout)], ["mean", "inverseDeviation", "weight", "db", "dw"], ["int images"]));
        schedule.PerImageWithCount(
            apply, last, Interior(dy), Interior(x), Interior(dx), ScheduleBuilder.At(mean), ScheduleBuilder.At(inverse), weight, db, dw);
        return dx;
    }

    private Value Bordered(ConvNode node, Value dy)
    {
        TensorLayout layout = GradientLayout(node);
        return dy.Layout == layout ? dy : Copied(node, dy, layout, true);
    }

    private Value Copied(Node node, Value dy, TensorLayout layout, bool optional)
    {
        Value copy = new(schedule.Tensor(GradientName(node, "Bordered"), layout.Size, optional), layout);
        ClearBorder(node.MethodStem + "Gradient", copy, optional);
        string method = methods.Add(node.MethodStem + "CopyGradient", "dx = dy, into a tensor with another border", Rows.Over("ElementWise.Copy(ref {dy}, ref {dx}, {run});", [("dy", dy.Layout), ("dx", layout == copy.Layout ? layout : copy.Layout)]));
        schedule.PerImage(method, optional, Interior(dy), Interior(copy));
        return copy;
    }

    private static TensorLayout GradientLayout(ConvNode node)
    {
        (EquatableArray<int> begin, EquatableArray<int> end) = node.Geometry.GradientBorder();
        return TensorLayout.Bordered(node.Output, begin, end);
    }

    /// <summary>The layout of the gradient that node <paramref name="index"/> hands to the node before it.</summary>
    private TensorLayout DxLayout(int index, bool bordered) =>
        bordered && index > 0 && nodes[index - 1] is ConvNode { Fused: null } conv && index - 1 > _first ? GradientLayout(conv) : TensorLayout.Plain(nodes[index].Input);

    private Value Fresh(int index, bool optional, bool bordered, bool clear = true)
    {
        TensorLayout layout = DxLayout(index, bordered);
        Value value = new(schedule.Tensor(GradientName(nodes[index], "InputGradient"), layout.Size, optional), layout);
        if (clear)
            ClearBorder(nodes[index].MethodStem + "InputGradient", value, optional);
        return value;
    }

    private void ClearBorder(string stem, Value value, bool optional)
    {
        if (!value.Layout.HasBorder)
            return;
        string method = methods.Add(stem + "ClearBorder", "zeros around the gradient, for the convolution's taps that reach over the edge", new BorderBody { Layout = value.Layout });
        schedule.PerImage(method, optional, ScheduleBuilder.At(value.Tensor));
    }

    private void ClearPaddingOfGroups(ConvNode node, Value dx, bool optional)
    {
        if (node.Geometry.Weight.Groups > 1)
            ClearPadding(node.MethodStem, dx, optional);
    }

    /// <summary>Where the lanes behind the channels are not written they must not hold rubbish: it would reach the sums over the lanes' columns.</summary>
    private void ClearPadding(string stem, Value value, bool optional)
    {
        if (value.Layout.Channels == value.Layout.Pitch)
            return;
        string method = methods.Add(stem + "Clear", "zeros, for the padding of the channels and the border", Rows.Single($"ElementWise.Clear(ref {{y}}, {Rows.Number(value.Layout.Size)});", ["y"]));
        schedule.PerImage(method, optional, ScheduleBuilder.At(value.Tensor));
    }

    private void Call(Node node, string formula, StepBody body, bool optional, Value dy, Value dx) =>
        schedule.PerImage(methods.Add(node.MethodStem + "Backward", formula, body), optional, Interior(dy), Interior(dx));

    /// <summary>Schedules the weight gradients that were held back so that several layers' per-image work could run as one stage.</summary>
    private void Flush()
    {
        foreach (Action action in _pending.ToArray())
            action();
        _pending.Clear();
    }

    private static Operand Interior(Value value) => ScheduleBuilder.At(value.Tensor, value.Layout.Interior);

    private static string GradientName(Node node, string suffix) => Names.Local(node.Name) + suffix;
}
