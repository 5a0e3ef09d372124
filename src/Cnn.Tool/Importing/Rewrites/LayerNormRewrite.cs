using Cnn.Tool.Importing.Onnx;
using Cnn.Tool.Importing.Onnx.Operators;

namespace Cnn.Tool.Importing.Rewrites;

/// <summary>
/// Norms as they were exported before ONNX had them: (x - mean) / sqrt(mean of squares + epsilon), over everything (LayerNorm), each channel for itself
/// (InstanceNorm), or the channels of each position; then a scale and a shift. And the scale and shift behind other norms.
/// </summary>
internal static class LayerNormRewrite
{
    /// <summary>A number that some exporters add where it changes nothing: below the rounding of what it is added to.</summary>
    private const double MostAdded = 1e-6;

    public static bool TryApply(Layer layer, LayerReaders readers)
    {
        if (layer.Kind != "quotient" || layer.Inputs[0] is not { Kind: "difference" } centred || layer.Inputs[1] is not { Kind: "sqrt" } deviation)
            return false;
        Layer x = centred.Inputs[0];
        if (Norm(centred.Inputs[1], x) is not { } norm)
            return false;
        if (deviation.Input is not { Kind: "add", Constants: [double epsilon] } raised
            || raised.Input.Inputs.Count != 1 || Norm(raised.Input, raised.Input.Input) != norm)
            return false;
        if (!IsSquare(raised.Input.Input, centred) || !(epsilon > 0 && float.IsFinite((float)epsilon)))
            return false;
        (string, string)[] options = [.. NormalizationOperators.Epsilon((float)epsilon), .. norm switch
        {
            "LayerNorm" => [("Affine", "false")],
            "ChannelsOnly" => [("ChannelsOnly", "true"), ("Affine", "false")],
            _ => ((string, string)[])[],
        }];
        readers.Become(layer, norm == "ChannelsOnly" ? "LayerNorm" : norm, x, options);
        return true;
    }

    /// <summary>Takes a scale or shift behind a norm without one into the norm.</summary>
    public static bool TryAbsorb(Layer layer, LayerReaders readers)
    {
        bool isScale = layer.Kind is "scaleEach" or "multiply";
        bool isShift = layer.Kind is "shiftEach" or "add";
        if ((!isScale && !isShift) || layer.Input.Kind is not ("LayerNorm" or "GroupNorm" or "InstanceNorm") || readers.Only(layer.Input) is null)
            return false;
        Layer norm = layer.Input;
        bool isWhole = layer.Kind is "scaleEach" or "shiftEach";
        bool isOfElements = norm.Kind == "LayerNorm" && !norm.Has("ChannelsOnly", "true");
        if (isOfElements != isWhole && norm.Rank > 0 && (isWhole || layer.Constants.Length > 1))
            return false;
        int[] shape = isOfElements ? norm.Shape : [norm.Channels];
        if (norm.Parameter("weight") is null)
        {
            norm.Options.RemoveAll(static option => option.Name == "Affine");
            if (norm.Kind == "InstanceNorm")
                norm.Options.Add(("Affine", "true"));
            norm.Parameters = [("weight", Tensor.Filled(shape, 1)), ("bias", Tensor.Filled(shape, 0))];
        }

        float[] weight = [.. norm.Parameter("weight")!.Reals];
        float[] bias = [.. norm.Parameter("bias")!.Reals];
        float[] given = isWhole ? Spread(layer.Parameter("constant")!, shape, weight.Length) : [.. layer.Constants.Select(static value => (float)value)];
        for (int index = 0; index < weight.Length; index++)
        {
            float value = given[given.Length == 1 ? 0 : index];
            weight[index] *= isScale ? value : 1;
            bias[index] = isScale ? bias[index] * value : bias[index] + value;
        }

        norm.SetParameter("weight", Tensor.OfReals(shape, weight));
        norm.SetParameter("bias", Tensor.OfReals(shape, bias));
        readers.Bypass(layer);
        return true;
    }

    /// <summary>The norm that has such a mean of a layer, or null.</summary>
    private static string? Norm(Layer mean, Layer of) => mean.Inputs.Count != 1 || mean.Input != of ? null : mean.Kind switch
    {
        "meanOfAll" => "LayerNorm",
        "GlobalAvgPool" => "InstanceNorm",
        "ReduceMean" when mean.Arguments is ["1"] => "ChannelsOnly",
        _ => null,
    };

    /// <summary>Whether a layer is the square of another, of which some exporters write one factor with a number added that is too small to matter.</summary>
    private static bool IsSquare(Layer square, Layer of)
    {
        bool IsFactor(Layer factor) => factor == of
            || (factor is { Kind: "add", Constants: [double added] } && Math.Abs(added) <= MostAdded && factor.Input == of);
        return square switch
        {
            { Kind: "power", Constants: [2] } => square.Input == of,
            { Kind: "Multiply" } => square.Inputs.TrueForAll(IsFactor),
            _ => false,
        };
    }

    private static float[] Spread(Tensor constant, int[] shape, int length) =>
        constant.Picked(shape, ShapeArithmetic.BroadcastPositions(constant.Shape, shape, length)).Reals;
}
