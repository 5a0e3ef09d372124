using System.Globalization;
using System.Text;
using Onnx;

namespace Cnn.Tool.Importing.Onnx;

/// <summary>A model as a table: each node with its output's shape, parameters and multiply-adds, then each operator with how often it occurs.</summary>
internal static class ModelTable
{
    private const int LongestName = 40;

    /// <param name="model">What was read.</param>
    /// <param name="folder">Where external data lies, or null.</param>
    /// <param name="options">What the user says.</param>
    public static string Of(OnnxModel model, string? folder, ImportOptions options)
    {
        OnnxModel part = model.Until(options.Outputs);
        OnnxLowering? lowering = Lowered(part, folder, options);
        List<string[]> rows = [["operator", "name", "shape", "parameters", "multiply-adds"]];
        HashSet<string> counted = [];
        long parameters = 0;
        long multiplyAdds = 0;
        foreach (NodeProto node in part.Nodes.Where(static node => node.OpType != "Constant"))
        {
            long own = node.Input.Where(counted.Add).Sum(name => Parameter(name, part, lowering));
            int[]? shape = node.Output.Count == 0 ? null : Shape(node.Output[0], part, lowering);
            long products = shape is null ? 0 : Products(node, shape, part, lowering);
            (parameters, multiplyAdds) = (parameters + own, multiplyAdds + products);
            rows.Add([node.OpType, Cut(node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault() ?? ""), shape is null ? "?" : string.Join('x', shape),
                Number(own), Number(products)]);
        }

        rows.Add(["", $"{part.Nodes.Count} nodes", "", Number(parameters), Number(multiplyAdds)]);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{Ports("input", part.Inputs.Select(static input => input.Name), part, lowering)}");
        text.Append(CultureInfo.InvariantCulture, $"{Ports("output", part.Outputs, part, lowering)}");
        text.Append(CultureInfo.InvariantCulture, $"operators of version {part.Opset}: ");
        text.AppendJoin(", ", part.Nodes.CountBy(static node => node.OpType).OrderByDescending(static pair => pair.Value)
            .Select(static pair => $"{pair.Value} {pair.Key}"));
        text.Append("\n\n");
        Write(text, rows);
        return text.ToString();
    }

    /// <summary>The lowering, for its shapes; null where the inputs leave it no shape to start from.</summary>
    private static OnnxLowering? Lowered(OnnxModel model, string? folder, ImportOptions options)
    {
        try
        {
            return OnnxLowering.Of(model, folder, options);
        }
        catch (ImportException)
        {
            return null;
        }
    }

    private static string Ports(string direction, IEnumerable<string> names, OnnxModel model, OnnxLowering? lowering) => string.Concat(names.Select(name =>
        $"{direction} '{OnnxModel.Shown(name)}': {(Shape(name, model, lowering) is { } shape ? string.Join('x', shape) : "open axes")}\n"));

    private static int[]? Shape(string name, OnnxModel model, OnnxLowering? lowering) => lowering?.Value(name) switch
    {
        FeatureValue feature => feature.Axes,
        ConstantValue constant => constant.Tensor.Shape,
        _ => model.Shapes.GetValueOrDefault(name),
    };

    private static long Parameter(string name, OnnxModel model, OnnxLowering? lowering)
    {
        // What is computed of constants was counted where they are read.
        bool isGiven = model.Constants.ContainsKey(name) || model.Nodes.Any(node => node.OpType == "Constant" && node.Output.Contains(name));
        Tensor? constant = model.Constants.GetValueOrDefault(name) ?? (lowering?.Value(name) as ConstantValue)?.Tensor;
        return isGiven && constant is { IsReal: true } ? constant.Length : 0;
    }

    /// <summary>Outputs times the length of the inner product, as a layer's.</summary>
    private static long Products(NodeProto node, int[] output, OnnxModel model, OnnxLowering? lowering)
    {
        int[]? Of(int index) => index < node.Input.Count ? Shape(node.Input[index], model, lowering) : null;
        static long Length(IEnumerable<int> axes) => axes.Aggregate(1L, static (product, axis) => product * axis);
        return node.OpType switch
        {
            "Conv" or "FusedConv" when Of(1) is { } weight => Length(output) * Length(weight.Skip(1)),
            "ConvTranspose" when Of(1) is { } weight && Of(0) is { } input => Length(input) * Length(weight.Skip(1)),
            "Gemm" or "FusedGemm" or "MatMul" or "FusedMatMul" when Of(0) is { Length: > 0 } input => Length(output) * input[^1],
            _ => 0,
        };
    }

    private static void Write(StringBuilder text, List<string[]> rows)
    {
        const int FirstNumber = 3;
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            string line = string.Join("  ", row.Select((cell, column) => column >= FirstNumber ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])));
            text.Append(line.TrimEnd()).Append('\n');
        }
    }

    private static string Cut(string name) => name.Length <= LongestName ? name : "..." + name[^(LongestName - 3)..];

    private static string Number(long value) => value == 0 ? "" : value.ToString("N0", CultureInfo.InvariantCulture);
}
