using Cnn.Tool.Importing.Onnx.Viewing;

namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>Conv and ConvTranspose.</summary>
internal static class ConvolutionOperators
{
    public static void Register()
    {
        OperatorTable.Add("Conv", Convolution);
        OperatorTable.Add("ConvTranspose", Transposed);
    }

    /// <summary>Conv, and what com.microsoft's FusedConv does before its sum and activation.</summary>
    public static FeatureValue Convolution(OperatorNode node)
    {
        FeatureValue x = node.Feature(0);
        Layer input = Views.Natural(x);
        Tensor weight = Weight(node, input);
        Window window = WindowAttributes.Read(node, input.Shape[1..], weight.Shape[2..]);
        int groups = node.Int32("group", 1);
        if (groups < 1 || weight.Shape[1] * (long)groups != input.Channels || weight.Shape[0] % groups != 0)
            throw new NotExpressibleException(
                $"its weight {Tensor.Text(weight.Shape)} in {groups} groups does not fit the {input.Channels} channels of its input");
        Layer layer = new("Conv", [weight.Shape[0], .. window.Outputs(input.Shape[1..], ceil: false)], node.Source)
        {
            Inputs = [input],
            Arguments = [Literal.Of(weight.Shape[0]), .. window.KernelArguments()],
            Options = [.. window.Options(strideIsKernel: false)],
        };
        Finish(node, layer, weight, groups);
        return OperatorTable.Result(layer, x);
    }

    private static OnnxValue Transposed(OperatorNode node)
    {
        FeatureValue x = node.Feature(0);
        Layer input = Views.Natural(x);
        Tensor weight = Weight(node, input);
        int rank = input.Rank;
        int groups = node.Int32("group", 1);
        if (groups < 1 || weight.Shape[0] != input.Channels || input.Channels % groups != 0)
            throw new NotExpressibleException(
                $"its weight {Tensor.Text(weight.Shape)} in {groups} groups does not fit the {input.Channels} channels of its input");
        string auto = node.Text("auto_pad", "NOTSET");
        Window window = WindowAttributes.Read(node, input.Shape[1..], weight.Shape[2..]);
        int[] more = WindowAttributes.Lengths(node, "output_padding", rank, 0) ?? WindowAttributes.Repeated(0, rank);
        int[]? wanted = WindowAttributes.Lengths(node, "output_shape", rank, 1);
        if (wanted is null && auto is "SAME_UPPER" or "SAME_LOWER")
            wanted = [.. input.Shape[1..].Zip(window.Stride, (length, stride) => length * stride)];
        if (wanted is not null)
            (window, more) = Fitted(window, more, input.Shape[1..], wanted, auto);
        int[] outputs = new int[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            long length = (window.Stride[axis] * (input.Shape[1 + axis] - 1L)) + more[axis] + window.Extent(axis) - window.Begin[axis] - window.End[axis];
            outputs[axis] = length is > 0 and <= int.MaxValue
                ? (int)length
                : throw new NotExpressibleException($"axis {axis} of its output would have a length of {length}");
        }

        Layer layer = new("ConvTranspose", [weight.Shape[1] * groups, .. outputs], node.Source)
        {
            Inputs = [input],
            Arguments = [Literal.Of(weight.Shape[1] * groups), .. window.KernelArguments()],
            Options = [.. window.Options(strideIsKernel: false)],
        };
        if (more.Any(padding => padding > 0))
            layer.Options.Add(more.AsSpan().IndexOfAnyExcept(more[0]) < 0 ? ("OutputPadding", Literal.Of(more[0])) : ("OutputPaddings", Literal.Of(more)));
        Finish(node, layer, weight, groups);
        return OperatorTable.Result(layer, x);
    }

    /// <summary>The padding that gives a wanted shape; where it would be negative, the output is padded instead.</summary>
    private static (Window Window, int[] OutputPadding) Fitted(Window window, int[] more, int[] axes, int[] wanted, string auto)
    {
        int rank = axes.Length;
        int[] begin = new int[rank];
        int[] end = new int[rank];
        int[] padding = [.. more];
        for (int axis = 0; axis < rank; axis++)
        {
            long total = (window.Stride[axis] * (axes[axis] - 1L)) + more[axis] + window.Extent(axis) - wanted[axis];
            if (total is < -(1 << 20) or > 1 << 20)
                throw new NotExpressibleException($"its output_shape {Tensor.Text(wanted)} cannot be reached");
            if (total < 0 && auto is "SAME_UPPER" or "SAME_LOWER")
                throw new NotExpressibleException(
                    $"its auto_pad is {auto} where windows leave gaps, about which runtimes disagree; give pads and output_padding instead");
            if (total < 0)
                padding[axis] += (int)-total;
            int whole = (int)Math.Max(0, total);
            begin[axis] = auto == "SAME_UPPER" ? whole / 2 : whole - (whole / 2);
            end[axis] = whole - begin[axis];
        }

        return (window with { Begin = begin, End = end }, padding);
    }

    private static Tensor Weight(OperatorNode node, Layer input)
    {
        Tensor weight = node.Constant(1, "weight");
        if (weight.Shape.Length != input.Shape.Length + 1 || input.Rank == 0)
            throw new NotExpressibleException($"its weight {Tensor.Text(weight.Shape)} does not fit an input of {Tensor.Text(input.Shape)}");
        return weight;
    }

    private static void Finish(OperatorNode node, Layer layer, Tensor weight, int groups)
    {
        if (groups != 1)
            layer.Options.Add(("Groups", Literal.Of(groups)));
        layer.Parameters.Add(("weight", weight));
        LinearOperators.AddBias(layer, node.ConstantOrNull(2, "bias"));
        layer.ModelName = ModelNames.OfParameter(node.InputName(1));
    }
}
