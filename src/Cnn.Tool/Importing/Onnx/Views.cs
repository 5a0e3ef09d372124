using Cnn.Definitions;

namespace Cnn.Tool.Importing.Onnx;

/// <summary>From a value under the axes that the model sees to a layer whose output has them.</summary>
internal static class Views
{
    /// <summary>Of one image: the channels, and at most three axes behind them.</summary>
    public const int MostAxes = 4;

    private const int MostLifted = 64;

    private static readonly HashSet<string> NeedNoAxes = [.. ActivationTable.Kinds, "BatchNorm", "Dropout", "Identity"];

    /// <summary>The layer, whatever its axes: for what works on each element for itself.</summary>
    public static Layer Any(FeatureValue value)
    {
        if (value.Layer.Kind == "Input" && !value.Layer.IsShapeFixed && !value.IsNatural && value.Axes.Length <= 1 + MostAxes)
            return Natural(value);
        value.Layer.IsShapeFixed = true;
        return value.Layer;
    }

    /// <summary>A layer whose output has the value's axes; inserts Flatten where that is what it takes.</summary>
    /// <exception cref="NotExpressibleException">The model reshapes in a way that no layer does.</exception>
    public static Layer Natural(FeatureValue value)
    {
        Layer layer = value.Layer;
        int[] wanted = value.Axes[1..];
        if (wanted.Length > MostAxes)
        {
            throw new NotExpressibleException(
                $"it makes {Tensor.Text(value.Axes)}, which something reads; a network has at most three axes behind the batch and the channels", value.Viewer);
        }

        if (layer.Kind == "Input" && !layer.IsShapeFixed)
            layer.Shape = wanted;
        layer.IsShapeFixed = true;
        if (layer.Shape.AsSpan().SequenceEqual(wanted))
            return layer;
        for (Layer earlier = layer; earlier.Kind is "Flatten" or "Identity"; earlier = earlier.Input)
        {
            if (earlier.Input.Shape.AsSpan().SequenceEqual(wanted))
                return earlier.Input;
        }

        if (wanted.Length == 1)
            return layer.Flattened ??= new Layer("Flatten", wanted, layer.Source) { Inputs = [layer], IsShapeFixed = true };
        bool isVector = wanted[0] == layer.Length && wanted.AsSpan(1).IndexOfAnyExcept(1) < 0;
        if (isVector && Lifted(layer, wanted.Length - 1, 0) is { } lifted)
            return lifted;
        throw new NotExpressibleException(
            $"it needs the shape {Tensor.Text(wanted)} of what has the shape {Tensor.Text(layer.Shape)}, and Flatten is the only layer that reshapes");
    }

    /// <summary>The value as a flat vector of features.</summary>
    public static Layer Flat(FeatureValue value) => value.Axes.Length == 2
        ? Natural(value)
        : throw new NotExpressibleException(
            $"it works on the last axis of {Tensor.Text(value.Axes)}; a linear layer needs [batch, features]: flatten it first");

    /// <summary>
    /// A chain of linear layers that starts from a map of one position, as 1x1 convolutions over that map: squeeze-and-excitation blocks flatten and
    /// unflatten around theirs.
    /// </summary>
    private static Layer? Lifted(Layer layer, int rank, int depth)
    {
        int[] shape = [layer.Length, .. Enumerable.Repeat(1, rank)];
        if (layer.Shape.AsSpan().SequenceEqual(shape))
            return layer;
        if (depth > MostLifted || layer.Inputs.Count != 1)
            return null;
        if (layer.Kind == "Flatten")
            return layer.Input.Shape.AsSpan().SequenceEqual(shape) ? layer.Input : null;
        bool isLinear = layer.Kind == "Linear";
        bool isElementwise = layer.Length == layer.Input.Length && (!layer.IsLayer || NeedNoAxes.Contains(layer.Kind));
        if ((!isLinear && !isElementwise) || Lifted(layer.Input, rank, depth + 1) is not { } input)
            return null;
        Layer lifted = new(isLinear ? "Conv" : layer.Kind, shape, layer.Source)
        {
            Inputs = [input],
            Arguments = isLinear ? [.. layer.Arguments, "1"] : [.. layer.Arguments],
            Options = [.. layer.Options],
            Constants = [.. layer.Constants],
            Parameters = [.. layer.Parameters],
            ModelName = layer.ModelName,
            IsShapeFixed = true,
        };
        if (isLinear)
            lifted.SetParameter("weight", layer.Parameter("weight")!.Reshaped([layer.Length, input.Channels, .. Enumerable.Repeat(1, rank)]));
        return lifted;
    }
}
