using System.Globalization;

namespace Cnn.Onnx.Export;

/// <summary>Layers that move elements.</summary>
internal static class MovementNodes
{
    /// <summary>The axes of ONNX's operators for blocks.</summary>
    private const int Plane = 2;

    public static IReadOnlyDictionary<string, Action<ExportedLayer>> ByKind { get; } = new Dictionary<string, Action<ExportedLayer>>
    {
        ["Permute"] = layer => layer.Node("Transpose", GraphBuilder.Integers("perm", [0, .. layer.Arguments.Numbers("order")])),
        ["Reshape"] = layer => AddReshape(layer, layer.Output, layer.Inputs[0], "shape", Whole(layer.Arguments.Numbers("shape"))),
        ["Slice"] = AddSlice,
        ["PixelShuffle"] = AddPixelShuffle,
        ["PixelUnshuffle"] = AddPixelUnshuffle,
        ["ChannelShuffle"] = AddChannelShuffle,
    };

    /// <summary>A reshape of each image: 0 keeps the batch.</summary>
    private static string AddReshape(ExportedLayer layer, string output, string input, string part, IEnumerable<long> shape) =>
        layer.Graph.Node("Reshape", output, [input, layer.Graph.Constant($"{layer.Facts.Name}/{part}", [0, .. shape])]);

    /// <summary>The channels and axes cut into parts, and these put together in another order.</summary>
    private static void AddRearrangement(ExportedLayer layer, IReadOnlyList<long> parts, IEnumerable<int> order)
    {
        string cut = AddReshape(layer, $"{layer.Facts.Name}/cut", layer.Inputs[0], "parts", parts);
        string moved = layer.Part("Transpose", "moved", [cut], GraphBuilder.Integers("perm", [0, .. order.Select(static part => part + 1.0)]));
        AddReshape(layer, layer.Output, moved, "shape", layer.Facts.OutputShape.Select(static length => (long)length));
    }

    private static void AddPixelShuffle(ExportedLayer layer)
    {
        bool depthFirst = layer.Arguments.Flag("depthFirst");
        long factor = Whole(layer, "factor");
        if (layer.Rank == Plane)
        {
            layer.Node("DepthToSpace", GraphBuilder.Integer("blocksize", factor), GraphBuilder.Text("mode", depthFirst ? "DCR" : "CRD"));
            return;
        }

        // A channel is a number whose digits are that of the output and the place in the block, the one or the other first.
        long[] block = [.. Enumerable.Repeat(factor, layer.Rank)];
        long[] channel = [layer.Facts.OutputShape[0]];
        int first = depthFirst ? 0 : 1;
        int whole = depthFirst ? layer.Rank : 0;
        AddRearrangement(
            layer,
            [.. depthFirst ? block.Concat(channel) : channel.Concat(block), .. layer.InputShape.Skip(1).Select(static length => (long)length)],
            [whole, .. Enumerable.Range(0, layer.Rank).SelectMany(axis => new[] { layer.Rank + 1 + axis, first + axis })]);
    }

    private static void AddPixelUnshuffle(ExportedLayer layer)
    {
        bool depthFirst = layer.Arguments.Flag("depthFirst");
        long factor = Whole(layer, "factor");
        if (layer.Rank == Plane && depthFirst)
        {
            layer.Node("SpaceToDepth", GraphBuilder.Integer("blocksize", factor));
            return;
        }

        int[] places = [.. Enumerable.Range(0, layer.Rank).Select(static axis => 2 + (2 * axis))];
        AddRearrangement(
            layer,
            [layer.Channels, .. layer.InputShape.Skip(1).SelectMany(length => new[] { length / factor, factor })],
            [.. depthFirst ? places.Append(0) : places.Prepend(0), .. places.Select(static place => place - 1)]);
    }

    private static void AddChannelShuffle(ExportedLayer layer)
    {
        long groups = Whole(layer, "groups");
        AddRearrangement(
            layer, [groups, layer.Channels / groups, .. layer.InputShape.Skip(1).Select(static length => (long)length)],
            [1, 0, .. Enumerable.Range(2, layer.Rank)]);
    }

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

    private static long Whole(ExportedLayer layer, string argument) => long.Parse(layer.Arguments.Text(argument), CultureInfo.InvariantCulture);

    private static IEnumerable<long> Whole(IEnumerable<double> numbers) => numbers.Select(static number => (long)number);
}
