using Cnn.Tool.Importing.Onnx.Operators;

namespace Cnn.Tool.Importing.Rewrites;

/// <summary>
/// LayerNorm as it was exported before ONNX had it: (x - mean) / sqrt(mean of squares + epsilon), then a scale and a shift of each element. And the
/// scale and shift behind other norms.
/// </summary>
internal static class LayerNormRewrite
{
    public static bool TryApply(Layer layer, LayerReaders readers)
    {
        if (layer.Kind != "quotient" || layer.Inputs[0] is not { Kind: "difference" } centred || layer.Inputs[1] is not { Kind: "sqrt" } deviation)
            return false;
        Layer x = centred.Inputs[0];
        bool isCentred = centred.Inputs[1] is { Kind: "meanOfAll" } mean && mean.Input == x;
        if (!isCentred || deviation.Input is not { Kind: "add", Constants: [double epsilon] } raised || raised.Input is not { Kind: "meanOfAll" } variance)
            return false;
        bool isSquare = variance.Input is { Kind: "power", Constants: [2] } power ? power.Input == centred
            : variance.Input is { Kind: "Multiply" } product && product.Inputs.All(factor => factor == centred);
        if (!isSquare || !(epsilon > 0 && float.IsFinite((float)epsilon)))
            return false;
        readers.Become(layer, "LayerNorm", x, [.. NormalizationOperators.Epsilon((float)epsilon), ("Affine", "false")]);
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
        if (norm.Kind == "LayerNorm" != isWhole && norm.Rank > 0)
            return false;
        if (norm.Parameter("weight") is null)
        {
            norm.Options.RemoveAll(option => option.Name == "Affine");
            if (norm.Kind == "InstanceNorm")
                norm.Options.Add(("Affine", "true"));
            int[] shape = norm.Kind == "LayerNorm" ? norm.Shape : [norm.Channels];
            norm.Parameters = [("weight", Tensor.Filled(shape, 1)), ("bias", Tensor.Filled(shape, 0))];
        }

        float[] weight = [.. norm.Parameter("weight")!.Reals];
        float[] bias = [.. norm.Parameter("bias")!.Reals];
        float[] given = isWhole ? layer.Parameter("constant")!.Reals : [.. layer.Constants.Select(value => (float)value)];
        for (int index = 0; index < weight.Length; index++)
        {
            float value = given[given.Length == 1 ? 0 : index];
            weight[index] *= isScale ? value : 1;
            bias[index] = isScale ? bias[index] * value : bias[index] + value;
        }

        int[] axes = norm.Parameter("weight")!.Shape;
        norm.SetParameter("weight", Tensor.OfReals(axes, weight));
        norm.SetParameter("bias", Tensor.OfReals(axes, bias));
        readers.Bypass(layer);
        return true;
    }
}
