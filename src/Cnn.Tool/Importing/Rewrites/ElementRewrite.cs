using Cnn.Tool.Importing.Onnx;

namespace Cnn.Tool.Importing.Rewrites;

/// <summary>
/// Constants that vary over positions, as anchors, grids and masks do: with what is added and multiplied around them they become one Scale, which training
/// leaves alone.
/// </summary>
internal static class ElementRewrite
{
    private const int MostElements = 1 << 24;

    /// <summary>Whether an operation has a constant of that sort, as its parameter.</summary>
    public static bool IsPart(Layer layer) => layer.Kind is "scaleEach" or "shiftEach";

    /// <summary>Makes one layer of a run of constants.</summary>
    /// <param name="layer">The last of the run.</param>
    /// <param name="run">The first one first.</param>
    /// <param name="input">What the first reads.</param>
    /// <param name="readers">Who reads what.</param>
    /// <returns>Why there is no such layer; null where one was made.</returns>
    public static string? MakeLayer(Layer layer, List<Layer> run, Layer input, LayerReaders readers)
    {
        if (input.Length > MostElements)
            return $"its constant would have {input.Length:N0} elements; at most {MostElements:N0} are made";
        int[] shape = IsOfPositions(run) ? [1, .. input.Shape.Skip(1)] : input.Shape;
        int length = shape.Aggregate(1, static (product, axis) => product * axis);
        (float[] scale, float[] shift) = ScaleAndShift(run, input, shape, length);
        if (!Array.TrueForAll(scale, float.IsFinite) || !Array.TrueForAll(shift, float.IsFinite))
            return "it multiplies or adds what is infinite or not a number, or divides by 0";
        bool isOfPositions = shape[0] < input.Channels || (input.Channels == 1 && input.Rank > 0);
        int[] own = isOfPositions ? shape[1..] : shape;
        bool scales = scale.AsSpan().IndexOfAnyExcept(1f) >= 0;
        bool shifts = shift.AsSpan().IndexOfAnyExcept(0f) >= 0;
        readers.Become(
            layer, "Scale", input,
            [
                .. scales ? ((string, string)[])[] : [("Factor", "false")],
                .. shifts ? [("Bias", "true")] : ((string, string)[])[],
                ("Over", "ScaleOver." + (isOfPositions ? "Positions" : "Elements")),
                ("Frozen", "true"),
            ]);
        if (scales)
            layer.SetParameter("weight", Tensor.OfReals(own, scale));
        if (shifts)
            layer.SetParameter("bias", Tensor.OfReals(own, shift));
        return null;
    }

    /// <summary>Whether no constant varies from channel to channel.</summary>
    private static bool IsOfPositions(List<Layer> run) => run.TrueForAll(static step => step.Parameter("constant") is { } each
        ? each.Shape[0] == 1
        : step.Constants.Length == 1);

    private static (float[] Scale, float[] Shift) ScaleAndShift(List<Layer> run, Layer input, int[] shape, int length)
    {
        double[] scale = [.. Enumerable.Repeat(1.0, length)];
        double[] shift = new double[length];
        foreach (Layer step in run)
        {
            Tensor constant = step.Parameter("constant")
                ?? Tensor.OfReals([step.Constants.Length, .. Enumerable.Repeat(1, input.Rank)], [.. step.Constants.Select(static value => (float)value)]);
            int[] positions = ShapeArithmetic.BroadcastPositions(constant.Shape, shape, length);
            float[] values = constant.Reals;
            Func<double, double, double, (double Scale, double Shift)> apply = ConstantRewrite.Step(step.Kind);
            for (int index = 0; index < length; index++)
                (scale[index], shift[index]) = apply(scale[index], shift[index], values[positions[index]]);
        }

        return ([.. scale.Select(static value => (float)value)], [.. shift.Select(static value => (float)value)]);
    }
}
