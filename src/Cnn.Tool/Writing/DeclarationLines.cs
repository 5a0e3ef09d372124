using Cnn.Definitions;
using Cnn.Tool.Importing;

namespace Cnn.Tool.Writing;

/// <summary>Layers as attributes, a line for each convolution with what follows it.</summary>
internal static class DeclarationLines
{
    private const int LongestLine = 150;

    /// <summary>The attributes in brackets.</summary>
    /// <param name="order">The layers.</param>
    /// <param name="names">Their names.</param>
    /// <param name="before">What the first layer takes without saying so: a block's input; null for a network.</param>
    public static IEnumerable<string> Of(IReadOnlyList<Layer> order, LayerNaming names, Layer? before)
    {
        string line = "";
        Layer? previous = before;
        foreach (Layer layer in order)
        {
            if (IsImplied(layer, order))
                continue;
            string attribute = Attribute(layer, previous, names);
            if (line.Length > 0 && Follows(layer, previous) && line.Length + attribute.Length + 4 <= LongestLine)
            {
                line += ", " + attribute;
            }
            else
            {
                if (line.Length > 0)
                    yield return $"[{line}]";
                line = attribute;
            }

            previous = layer.IsOutput ? layer.Input : layer;
        }

        yield return $"[{line}]";
    }

    /// <summary>How many lines layers take, if none is too long.</summary>
    public static int Count(IEnumerable<Layer> order)
    {
        int count = 0;
        Layer? previous = null;
        foreach (Layer layer in order)
        {
            if (!Follows(layer, previous))
                count++;
            previous = layer.IsOutput ? layer.Input : layer;
        }

        return count;
    }

    /// <summary>Without a mark, the last layer makes the only output.</summary>
    private static bool IsImplied(Layer layer, IReadOnlyList<Layer> order) =>
        layer is { IsOutput: true, ModelName: null, Options.Count: 0 } && layer == order[^1] && order[^2] == layer.Input;

    private static bool Follows(Layer layer, Layer? previous) =>
        previous is { Kind: not ("Input" or "Flatten") } && layer.Inputs.Count == 1 && layer.Input == previous
        && LayerTable.Find(layer.Kind) is { IsFollower: true };

    private static string Attribute(Layer layer, Layer? previous, LayerNaming names)
    {
        if (layer.IsOutput)
        {
            string[] port =
            [
                .. layer.ModelName is null ? [] : (string[])[$"\"{layer.ModelName}\""],
                .. layer.Options.Select(static option => $"{option.Name} = {option.Value}"),
                .. layer.Input == previous ? [] : (string[])[$"From = \"{names.Of(layer.Input)}\""],
            ];
            return port.Length == 0 ? layer.Kind : $"{layer.Kind}({string.Join(", ", port)})";
        }

        List<string> arguments = layer.Kind == "Input" ? [.. layer.CallersShape.Select(Literal.Of)] : [.. layer.Arguments];
        arguments.AddRange(layer.Inputs.Skip(1).Select(input => $"\"{names.Of(input)}\""));
        arguments.AddRange(layer.Options.Select(option => $"{option.Name} = {option.Value}"));
        if (names.Written(layer) is { } name)
            arguments.Add($"Name = \"{name}\"");
        if (previous is not null && layer.Inputs.Count > 0 && layer.Input != previous)
            arguments.Add($"From = \"{names.Of(layer.Input)}\"");
        return arguments.Count == 0 ? layer.Kind : $"{layer.Kind}({string.Join(", ", arguments)})";
    }
}
