using System.Text;
using Cnn.Tool.Importing;

namespace Cnn.Tool.Writing;

/// <summary>A network's declaration, as a person would write it: a line for each convolution with what follows it.</summary>
internal static class DeclarationWriter
{
    private const int LongestLine = 150;

    /// <summary>What stands on the line of the layer that it follows.</summary>
    private static readonly string[] Followers =
    [
        "BatchNorm", "InstanceNorm", "GroupNorm", "LayerNorm", "LocalResponseNorm", "ReLU", "ReLU6", "LeakyReLU", "PReLU", "ELU", "CELU", "SELU", "GELU", "SiLU", "Mish",
        "Sigmoid", "Tanh", "Softplus", "Softsign", "HardSigmoid", "HardSwish", "Clip", "MaxPool", "AvgPool", "Dropout", "Softmax", "LogSoftmax",
    ];

    /// <summary>The whole file.</summary>
    /// <param name="order">The layers, the input first.</param>
    /// <param name="names">Their names.</param>
    /// <param name="className">The network's class.</param>
    /// <param name="classNamespace">Its namespace, or empty.</param>
    /// <param name="origin">Where it comes from, for the documentation; empty for none.</param>
    public static string Write(IReadOnlyList<Layer> order, LayerNaming names, string className, string classNamespace, string origin)
    {
        StringBuilder text = new();
        text.Append("using Cnn;\n\n");
        if (classNamespace.Length > 0)
            text.Append($"namespace {classNamespace};\n\n");
        if (origin.Length > 0)
            text.Append($"/// <summary>{Escaped(origin)}</summary>\n");
        text.Append("[Network]\n");
        foreach (string line in Lines(order, names))
            text.Append(line).Append('\n');
        text.Append($"public sealed partial class {className};\n");
        return text.ToString();
    }

    /// <summary>The attributes in brackets, a group a line.</summary>
    private static IEnumerable<string> Lines(IReadOnlyList<Layer> order, LayerNaming names)
    {
        string line = "";
        for (int index = 0; index < order.Count; index++)
        {
            Layer layer = order[index];
            Layer? previous = index == 0 ? null : order[index - 1];
            string attribute = Attribute(layer, previous, names);
            bool follows = previous is not null && previous.Kind is not ("Input" or "Flatten") && layer.Inputs.Count == 1 && layer.Input == previous && Followers.Contains(layer.Kind);
            if (follows && line.Length + attribute.Length + 4 <= LongestLine)
            {
                line += ", " + attribute;
                continue;
            }

            if (line.Length > 0)
                yield return $"[{line}]";
            line = attribute;
        }

        yield return $"[{line}]";
    }

    private static string Attribute(Layer layer, Layer? previous, LayerNaming names)
    {
        List<string> arguments = layer.Kind == "Input" ? [.. layer.Shape.Select(Literal.Of)] : [.. layer.Arguments];
        arguments.AddRange(layer.Inputs.Skip(1).Select(input => $"\"{names.Of(input)}\""));
        arguments.AddRange(layer.Options.Select(option => $"{option.Name} = {option.Value}"));
        if (names.Written(layer) is { } name)
            arguments.Add($"Name = \"{name}\"");
        if (previous is not null && layer.Inputs.Count > 0 && layer.Input != previous)
            arguments.Add($"From = \"{names.Of(layer.Input)}\"");
        return arguments.Count == 0 ? layer.Kind : $"{layer.Kind}({string.Join(", ", arguments)})";
    }

    private static string Escaped(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
