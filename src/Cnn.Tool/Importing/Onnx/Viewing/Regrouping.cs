using Cnn.Definitions;

namespace Cnn.Tool.Importing.Onnx.Viewing;

/// <summary>
/// A layer's output under other axes, with its numbers in their order: a Flatten, a Reshape, or nothing where a layer nearby has the axes already.
/// </summary>
internal static class Regrouping
{
    private const int MostLifted = 64;

    private static readonly HashSet<string> NeedNoAxes = [.. ActivationTable.Kinds, "BatchNorm", "Dropout", "Identity"];

    /// <param name="layer">The layer.</param>
    /// <param name="shape">As many elements as its output has, in one to four axes.</param>
    /// <param name="source">The node that needs them, for messages.</param>
    public static Layer Of(Layer layer, int[] shape, string source)
    {
        if (layer.Shape.AsSpan().SequenceEqual(shape))
            return layer;
        // What moved nothing before needs no second one behind it.
        Layer origin = layer;
        while (origin.Kind is "Flatten" or "Reshape" or "Identity")
        {
            origin = origin.Input;
            if (origin.Shape.AsSpan().SequenceEqual(shape))
                return origin;
        }

        bool isVector = shape.Length > 1 && shape[0] == layer.Length && shape.AsSpan(1).IndexOfAnyExcept(1) < 0;
        if (isVector && Lifted(layer, shape.Length - 1, 0) is { } lifted)
            return lifted;
        return origin.Derived(
            shape.Length == 1 ? "Flatten" : "Reshape",
            shape.Length == 1 ? [] : [.. shape.Select(Literal.Of)],
            shape,
            source);
    }

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
        };
        if (isLinear)
            lifted.SetParameter("weight", layer.Parameter("weight")!.Reshaped([layer.Length, input.Channels, .. Enumerable.Repeat(1, rank)]));
        return lifted;
    }
}
