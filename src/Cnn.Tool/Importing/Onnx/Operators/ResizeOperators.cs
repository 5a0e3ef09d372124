namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>Pad, and Resize and Upsample by whole factors.</summary>
internal static class ResizeOperators
{
    /// <summary>What a Pad with minus infinity is until the MaxPool behind it takes it in: its constants are the pads, all begins before all ends.</summary>
    public const string PadWithLowest = "padWithLowest";

    private const int LongestAxis = 1 << 24;

    public static void Register()
    {
        OperatorTable.Add("Pad", Pad);
        OperatorTable.Add("Resize", Resize);
        OperatorTable.Add("Upsample", Upsample);
    }

    /// <summary>A layer that pads, or the input itself where there is nothing to add.</summary>
    public static Layer Padded(Layer input, int[] pads, string mode, double value, string source)
    {
        if (pads.All(pad => pad == 0))
            return input;
        bool isEven = pads.AsSpan().IndexOfAnyExcept(pads[0]) < 0;
        Layer layer = new("Pad", PaddedShape(input, pads), source)
        {
            Inputs = [input],
            Arguments = isEven ? [Literal.Of(pads[0])] : [.. pads.Select(Literal.Of)],
            IsShapeFixed = true,
        };
        if (mode != "Zero")
            layer.Options.Add(("Mode", "PadMode." + mode));
        if (value != 0)
            layer.Options.Add(("Value", Literal.Of(value)));
        return layer;
    }

    private static int[] PaddedShape(Layer input, int[] pads) =>
        [input.Channels, .. input.Shape.Skip(1).Select((length, axis) => length + pads[axis] + pads[input.Rank + axis])];

    private static OnnxValue Pad(OperatorNode node)
    {
        FeatureValue x = node.Feature(0);
        Layer input = Views.Natural(x);
        long[] given = node.Integers("pads") ?? node.Constant(1, "pads").Integers ?? [];
        double value = node.Number(2, "value") ?? node.Real("value", 0);
        string mode = node.Text("mode", "constant") switch
        {
            "constant" => "Zero",
            "reflect" => "Reflect",
            "edge" => "Replicate",
            string other => throw new NotExpressibleException($"its mode is '{other}'; constant, reflect and edge are known"),
        };
        int all = x.Axes.Length;
        int[] axes = node.ConstantOrNull(3, "list of axes")?.Integers is { } listed
            ? [.. listed.Select(axis => ShapeArithmetic.Axis(axis, all))]
            : [.. Enumerable.Range(0, all)];
        if (given.Length != 2 * axes.Length)
            throw new NotExpressibleException($"its pads are {Tensor.Text(given)}; {2 * axes.Length} numbers are needed");
        int[] pads = new int[2 * input.Rank];
        for (int index = 0; index < axes.Length; index++)
        {
            (long begin, long end) = (given[index], given[axes.Length + index]);
            int axis = axes[index] - 2;
            if (begin is < 0 or > 1 << 20 || end is < 0 or > 1 << 20)
                throw new NotExpressibleException($"its pads are {Tensor.Text(given)}; padding only adds elements");
            if (axis < 0 && (begin != 0 || end != 0))
                throw new NotExpressibleException($"it pads the {(axis == -2 ? "batch" : "channels")}; a layer pads the axes behind the channels");
            if (axis < 0)
                continue;
            pads[axis] = (int)begin;
            pads[input.Rank + axis] = (int)end;
        }

        if (mode == "Zero" && double.IsNegativeInfinity(value) && pads.Any(pad => pad > 0))
            return OperatorTable.Result(new Layer(PadWithLowest, PaddedShape(input, pads), node.Source)
            {
                Inputs = [input],
                Constants = [.. pads],
                IsShapeFixed = true,
            }, x);
        return OperatorTable.Result(Padded(input, pads, mode, mode == "Zero" ? value : 0, node.Source), x);
    }

    private static OnnxValue Upsample(OperatorNode node)
    {
        float[] scales = node.Reals("scales") ?? node.Constant(1, "scales").Reals;
        string mode = node.Text("mode", "nearest");
        if (mode != "nearest")
            throw new NotExpressibleException($"its mode is '{mode}', which places the centres of pixels otherwise than Upsample does; nearest is known");
        return Scaled(node, scales, isLinear: false, "asymmetric", "floor");
    }

    private static OnnxValue Resize(OperatorNode node)
    {
        // Until opset 10 the scales are the second input; since 11 that is a region of interest.
        FeatureValue x = node.Feature(0);
        string mode = node.Text("mode", "nearest");
        string coordinates = node.Text("coordinate_transformation_mode", node.Opset < 11 ? "asymmetric" : "half_pixel");
        string rounding = node.Text("nearest_mode", node.Opset < 11 ? "floor" : "round_prefer_floor");
        node.Ignore("cubic_coeff_a", "exclude_outside", "extrapolation_value");
        node.Require("antialias", 0, "a larger map has no aliases");
        if (node.Text("keep_aspect_ratio_policy", "stretch") is var policy and not "stretch")
            throw new NotExpressibleException($"its keep_aspect_ratio_policy is '{policy}', and stretch is needed: one factor for each axis");
        bool isLinear = mode == "linear";
        if (mode is not ("nearest" or "linear"))
            throw new NotExpressibleException($"its mode is '{mode}'; nearest and linear are known");
        return Scaled(node, Scales(node, x), isLinear, coordinates, rounding);
    }

    private static float[] Scales(OperatorNode node, FeatureValue x)
    {
        Tensor? scales = node.ConstantOrNull(node.Opset < 11 ? 1 : 2, "scales");
        // Since opset 18 a list of axes may tell which the numbers belong to; the others keep their lengths.
        int[] axes = node.Integers("axes") is { } listed
            ? [.. listed.Select(axis => ShapeArithmetic.Axis(axis, x.Axes.Length))]
            : [.. Enumerable.Range(0, x.Axes.Length)];
        float[] given = scales is { Length: > 0 } ? scales.Reals : [];
        if (given.Length == 0)
        {
            long[] sizes = node.Constant(3, "sizes").Integers ?? throw new NotExpressibleException("its sizes are not integers");
            given = sizes.Length == axes.Length ? [.. sizes.Zip(axes, (size, axis) => (float)size / x.Axes[axis])] : [.. sizes.Select(size => (float)size)];
        }

        if (given.Length != axes.Length)
            throw new NotExpressibleException($"it has {given.Length} scales or sizes, and {axes.Length} axes of {Tensor.Text(x.Axes)} to resize");
        float[] all = [.. Enumerable.Repeat(1f, x.Axes.Length)];
        for (int index = 0; index < axes.Length; index++)
            all[axes[index]] = given[index];
        return all;
    }

    private static OnnxValue Scaled(OperatorNode node, float[] scales, bool isLinear, string coordinates, string rounding)
    {
        FeatureValue x = node.Feature(0);
        Layer input = Views.Natural(x);
        if (scales.Length != x.Axes.Length || scales[0] != 1 || scales[1] != 1
            || scales.Any(scale => scale < 1 || scale != (int)scale || scale > 1 << 12) || input.Rank == 0)
            throw new NotExpressibleException(
                $"it scales the axes of {Tensor.Text(x.Axes)} by [{string.Join(", ", scales)}]; whole factors behind the channels are needed");
        for (int axis = 0; axis < scales.Length; axis++)
            Check(new ResizeCoordinates(x.Axes[axis], (int)scales[axis], coordinates), isLinear, rounding);
        int[] factors = [.. scales.Skip(2).Select(scale => (int)scale)];
        if (factors.All(factor => factor == 1))
            return x;
        int[] shape = [input.Channels, .. input.Shape.Skip(1).Zip(factors, (length, factor) => length * factor)];
        bool isEven = factors.AsSpan().IndexOfAnyExcept(factors[0]) < 0;
        if (isLinear && (!isEven || input.Rank != 2))
            throw new NotExpressibleException(
                "it interpolates linearly by different factors or in another number of axes than 2; Upsample does so in 2-D by one factor");
        return OperatorTable.Result(isEven ? Upsampled(node, input, shape, factors[0], isLinear) : Repeated(node, input, shape, factors), x);
    }

    private static void Check(ResizeCoordinates axis, bool isLinear, string rounding)
    {
        if (axis.Outputs > LongestAxis)
            throw new NotExpressibleException($"it makes an axis of {axis.Outputs:N0} elements; at most {LongestAxis:N0} are made");
        if (isLinear && !axis.HasCentres())
            throw new NotExpressibleException($"it interpolates with {axis.Transformation} coordinates; Upsample has half-pixel centres");
        if (!isLinear && !axis.Repeats(rounding))
            throw new NotExpressibleException(
                $"it rounds {axis.Transformation} coordinates by {rounding}, so that its blocks are shifted; Upsample repeats each element");
    }

    private static Layer Upsampled(OperatorNode node, Layer input, int[] shape, int factor, bool isLinear) => new("Upsample", shape, node.Source)
    {
        Inputs = [input],
        Arguments = [Literal.Of(factor)],
        Options = isLinear ? [("Mode", "UpsampleMode.Bilinear")] : [],
        IsShapeFixed = true,
    };

    /// <summary>Different factors: a transposed convolution of each channel for itself whose stride is its kernel, all ones.</summary>
    private static Layer Repeated(OperatorNode node, Layer input, int[] shape, int[] factors) => new("ConvTranspose", shape, node.Source)
    {
        Inputs = [input],
        Arguments = [Literal.Of(input.Channels), .. factors.Select(Literal.Of)],
        Options = [("Strides", Literal.Of(factors)), ("Groups", Literal.Of(input.Channels)), ("Bias", "false"), ("Frozen", "true")],
        Parameters = [("weight", Tensor.Filled([input.Channels, 1, .. factors], 1))],
        IsShapeFixed = true,
    };
}
