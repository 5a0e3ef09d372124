using System.Globalization;

namespace Cnn.Onnx.Export;

/// <summary>Layers that move elements.</summary>
internal static class MovementNodes
{
    public static IReadOnlyDictionary<string, Action<ExportedLayer>> ByKind { get; } = new Dictionary<string, Action<ExportedLayer>>
    {
        ["Permute"] = layer => layer.Node("Transpose", GraphBuilder.Integers("perm", [0, .. layer.Numbers("order")])),
        ["Reshape"] = layer => AddReshape(layer, layer.Output, layer.Inputs[0], "shape", Whole(layer.Numbers("shape"))),
        ["Slice"] = AddSlice,
    };

    /// <summary>A reshape of each image: 0 keeps the batch.</summary>
    private static string AddReshape(ExportedLayer layer, string output, string input, string part, IEnumerable<long> shape) =>
        layer.Graph.Node("Reshape", output, [input, layer.Graph.Constant($"{layer.Facts.Name}/{part}", [0, .. shape])]);

    private static void AddSlice(ExportedLayer layer)
    {
        long axis = layer.Axis;
        long start = Whole(layer, "start");
        long step = Whole(layer, "step");
        long end = start + (Whole(layer, "count") * step);

        // Backwards up to the first element the end lies before it, and -1 would be the last one.
        end = end < 0 ? int.MinValue : end;
        string Constant(string part, long value) => layer.Graph.Constant($"{layer.Facts.Name}/{part}", value);
        layer.Graph.Node(
            "Slice", layer.Output, [layer.Inputs[0], Constant("start", start), Constant("end", end), Constant("axis", axis), Constant("step", step)]);
    }

    private static long Whole(ExportedLayer layer, string argument) => long.Parse(layer.Text(argument), CultureInfo.InvariantCulture);

    private static IEnumerable<long> Whole(IEnumerable<double> numbers) => numbers.Select(static number => (long)number);
}
