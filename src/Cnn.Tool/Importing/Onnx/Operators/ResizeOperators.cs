using Cnn.Definitions;
using Cnn.Tool.Importing.Onnx.Viewing;

namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>Resize and Upsample.</summary>
internal static class ResizeOperators
{
    private const int LongestAxis = 1 << 24;

    public static void Register()
    {
        OperatorTable.Add("Resize", Resize);
        OperatorTable.Add("Upsample", Upsample);
    }

    private static OnnxValue Upsample(OperatorNode node)
    {
        float[] scales = node.Reals("scales") ?? node.Constant(1, "scales").Reals;
        string mode = node.Text("mode", "nearest");
        if (mode is not ("nearest" or "linear" or "bilinear"))
            throw new NotExpressibleException($"its mode is '{mode}'; nearest and linear are known");
        return Resized(node, scales, null, mode == "nearest" ? "Nearest" : "Linear", "asymmetric", "floor", null);
    }

    private static OnnxValue Resize(OperatorNode node)
    {
        FeatureValue x = node.Feature(0);
        string mode = node.Text("mode", "nearest");
        string coordinates = node.Text("coordinate_transformation_mode", node.Opset < 11 ? "asymmetric" : "half_pixel");
        string rounding = node.Text("nearest_mode", node.Opset < 11 ? "floor" : "round_prefer_floor");
        double coefficient = node.Real("cubic_coeff_a", -0.75f);
        bool excludes = node.Integer("exclude_outside", 0) != 0;
        bool smooths = node.Integer("antialias", 0) != 0;
        node.Ignore("extrapolation_value");
        if (node.Text("keep_aspect_ratio_policy", "stretch") is var policy and not "stretch")
            throw new NotExpressibleException($"its keep_aspect_ratio_policy is '{policy}', and stretch is needed: one factor for each axis");
        if (mode is not ("nearest" or "linear" or "cubic"))
            throw new NotExpressibleException($"its mode is '{mode}'; nearest, linear and cubic are known");
        if (excludes && mode == "cubic")
            throw new NotExpressibleException("its exclude_outside is set; Upsample repeats the edge instead");
        (float[] scales, int[]? sizes) = Scales(node, x);
        if (smooths && scales.Any(scale => scale < 1) && mode != "nearest")
            throw new NotExpressibleException("its antialias is set and it makes the map smaller; Upsample does not smooth");
        return Resized(
            node, scales, sizes, mode switch { "nearest" => "Nearest", "cubic" => "Cubic", _ => "Linear" }, coordinates, rounding,
            mode == "cubic" && coefficient != -0.75f ? coefficient : null);
    }

    /// <summary>A factor for each axis, and the lengths where these were given.</summary>
    /// <remarks>Until opset 10 the scales are the second input; since 11 that is a region of interest.</remarks>
    private static (float[] Scales, int[]? Sizes) Scales(OperatorNode node, FeatureValue x)
    {
        Tensor? scales = node.ConstantOrNull(node.Opset < 11 ? 1 : 2, "scales");
        // Since opset 18 a list of axes may tell which the numbers belong to; the others keep their lengths.
        int[] axes = node.Integers("axes") is { } listed
            ? [.. listed.Select(axis => ShapeArithmetic.Axis(axis, x.Axes.Length))]
            : [.. Enumerable.Range(0, x.Axes.Length)];
        float[] given = scales is { Length: > 0 } ? scales.Reals : [];
        long[]? sizes = given.Length > 0
            ? null
            : node.Constant(3, "sizes").Integers ?? throw new NotExpressibleException("its sizes are not integers");
        int count = sizes?.Length ?? given.Length;
        if (count != axes.Length)
            throw new NotExpressibleException($"it has {count} scales or sizes, and {axes.Length} axes of {Tensor.Text(x.Axes)} to resize");
        float[] all = [.. Enumerable.Repeat(1f, x.Axes.Length)];
        int[] lengths = [.. x.Axes];
        for (int index = 0; index < axes.Length; index++)
        {
            if (sizes is not null)
                lengths[axes[index]] = sizes[index] is > 0 and <= LongestAxis
                    ? (int)sizes[index]
                    : throw new NotExpressibleException($"its sizes are {Tensor.Text(sizes)}; from 1 to {LongestAxis:N0} elements are made");
            all[axes[index]] = sizes is null ? given[index] : (float)lengths[axes[index]] / x.Axes[axes[index]];
        }

        return (all, sizes is null ? null : lengths);
    }

    private static OnnxValue Resized(
        OperatorNode node, float[] scales, int[]? sizes, string mode, string coordinates, string rounding, double? coefficient)
    {
        FeatureValue x = node.Feature(0);
        Layer input = Views.Natural(x);
        bool fits = scales.Length == x.Axes.Length && scales[0] == 1 && scales[1] == 1 && input.Rank > 0
            && scales.All(scale => scale > 0 && float.IsFinite(scale));
        if (!fits)
            throw new NotExpressibleException(
                $"it scales the axes of {Tensor.Text(x.Axes)} by [{string.Join(", ", scales)}]; positive factors behind the channels are needed");
        ResizeCoordinates[] axes = [.. Enumerable.Range(0, input.Rank)
            .Select(axis => Coordinates(input.Shape[axis + 1], scales[axis + 2], sizes?[axis + 2], coordinates))];
        if (axes.All(axis => axis.Outputs == axis.Length && axis.Scale == 1))
            return x;
        Layer layer = new("Upsample", [input.Channels, .. axes.Select(axis => axis.Outputs)], node.Source) { Inputs = [input] };
        AddLengths(layer, axes);
        if (mode != "Nearest")
            layer.Options.Add(("Mode", "UpsampleMode." + (mode == "Linear" && input.Rank == 2 ? "Bilinear" : mode)));
        (string Name, string Value)[] form = Forms(mode).FirstOrDefault(form => axes.All(axis => axis.AreThoseOf(Of(axis, mode, form), rounding)))
            ?? throw new NotExpressibleException(
                $"it places {mode.ToLowerInvariant()} outputs by {coordinates} coordinates{(mode == "Nearest" ? $", rounded by {rounding}" : "")}, "
                + $"and Upsample has no such form for {Tensor.Text(input.Shape)} to {Tensor.Text(layer.Shape)}");
        layer.Options.AddRange(form);
        if (coefficient is { } cubic)
            layer.Options.Add(("CubicCoefficient", Literal.Of((float)cubic)));
        return OperatorTable.Result(layer, x);
    }

    private static ResizeCoordinates Coordinates(int length, float scale, int? size, string transformation)
    {
        double outputs = size ?? Math.Floor((double)length * scale);
        if (outputs is < 1 or > LongestAxis)
            throw new NotExpressibleException($"it makes an axis of {outputs:N0} elements; from 1 to {LongestAxis:N0} are made");
        return new ResizeCoordinates(length, (int)outputs, size is null ? scale : outputs / length, transformation);
    }

    /// <summary>One whole factor, the lengths, or factors from which places are computed.</summary>
    private static void AddLengths(Layer layer, ResizeCoordinates[] axes)
    {
        int factor = axes[0].Outputs / axes[0].Length;
        if (axes.All(axis => axis.Outputs == axis.Length * factor && axis.Scale == factor))
            layer.Arguments = [Literal.Of(factor)];
        else if (axes.All(axis => Math.Abs(axis.Scale - ((double)axis.Outputs / axis.Length)) <= 1e-6 * axis.Scale))
            layer.Options.Add(("Size", Literal.Of([.. axes.Select(axis => axis.Outputs)])));
        else
            layer.Options.Add(("Scales", Literal.Of(axes.Select(axis => (double)(float)axis.Scale))));
    }

    /// <summary>The forms of Upsample, as they are written, the plainest first.</summary>
    private static IEnumerable<(string Name, string Value)[]> Forms(string mode)
    {
        string[] roundings = mode == "Nearest" ? ["Floor", "HalfDown", "HalfUp", "Ceiling"] : ["Floor"];
        string[] coordinates = ["Standard", mode == "Nearest" ? "HalfPixel" : "Asymmetric", "AlignCorners"];
        return coordinates.SelectMany(_ => roundings, (place, rounding) => ((string, string)[])
        [
            .. place == "AlignCorners" ? [("AlignCorners", "true")]
                : place == "Standard" ? ((string, string)[])[]
                : [("Coordinates", "UpsampleCoordinates." + place)],
            .. rounding == "Floor" ? ((string, string)[])[] : [("Rounding", "UpsampleRounding." + rounding)],
        ]);
    }

    private static ResampledAxis Of(ResizeCoordinates axis, string mode, (string Name, string Value)[] form)
    {
        string Option(string name, string otherwise) =>
            form.FirstOrDefault(option => option.Name == name).Value is { } value ? value[(value.IndexOf('.', StringComparison.Ordinal) + 1)..] : otherwise;
        bool isQuotient = Math.Abs(axis.Scale - ((double)axis.Outputs / axis.Length)) <= 1e-6 * axis.Scale;
        return new ResampledAxis(axis.Length, axis.Outputs, isQuotient ? (double)axis.Outputs / axis.Length : axis.Scale)
        {
            Mode = mode,
            Coordinates = Option("Coordinates", "Standard"),
            Rounding = Option("Rounding", "Floor"),
            AlignCorners = Option("AlignCorners", "false") == "true",
            CubicCoefficient = -0.75,
        };
    }
}
