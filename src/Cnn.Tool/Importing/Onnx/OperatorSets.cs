using Onnx;

namespace Cnn.Tool.Importing.Onnx;

/// <summary>Which version of the ONNX operators a model uses.</summary>
internal static class OperatorSets
{
    public const int Oldest = 6;

    /// <summary>The newest set of operators whose definitions were looked at.</summary>
    public const int Newest = 28;

    // IR version 3 was the first in which a model says its operators' version.
    private const int OldestIr = 3;

    /// <summary>The newest set that was published with each version of the format, from the third on.</summary>
    private static readonly int[] NewestOfIr = [8, 9, 10, 11, 14, 18, 20, 22, 23, 24];

    /// <summary>Forms that only sets up to some version have: an operator and one of its attributes, or nothing for the operator itself.</summary>
    private static readonly Dictionary<(string Operator, string Attribute), int> LastOf = new()
    {
        [("Add", "broadcast")] = 6,
        [("Sub", "broadcast")] = 6,
        [("Mul", "broadcast")] = 6,
        [("Div", "broadcast")] = 6,
        [("Gemm", "broadcast")] = 6,
        [("Reshape", "shape")] = 6,
        [("BatchNormalization", "is_test")] = 6,
        [("Dropout", "is_test")] = 6,
        [("Pow", "broadcast")] = 6,
        [("BatchNormalization", "spatial")] = 8,
        [("Upsample", "")] = 9,
        [("Slice", "starts")] = 9,
        [("Clip", "max")] = 10,
        [("Clip", "min")] = 10,
        [("Pad", "pads")] = 10,
        [("Dropout", "ratio")] = 11,
        [("Squeeze", "axes")] = 12,
        [("Unsqueeze", "axes")] = 12,
        [("Split", "split")] = 12,
        [("ReduceSum", "axes")] = 12,
        [("ReduceMean", "axes")] = 17,
        [("ReduceMax", "axes")] = 17,
        [("ReduceMin", "axes")] = 17,
        [("ReduceL2", "axes")] = 17,
    };

    /// <exception cref="ImportException">The version is not one that is read.</exception>
    public static int Of(ModelProto model)
    {
        long opset = model.OpsetImport.Where(static set => set.Domain is "" or "ai.onnx").Select(static set => set.Version).DefaultIfEmpty(0).Max();
        if (opset == 0)
            return Unsaid(model);
        if (opset is < Oldest or > Newest)
            throw new ImportException($"The model uses version {opset} of the ONNX operators; versions {Oldest} to {Newest} are read.");
        return (int)opset;
    }

    /// <summary>A model that does not say it: the newest that its format fits and of which all its nodes can be.</summary>
    private static int Unsaid(ModelProto model)
    {
        if (model.IrVersion < OldestIr)
            return Oldest;
        int newest = NewestOfIr[Math.Min(model.IrVersion - OldestIr, NewestOfIr.Length - 1)];
        foreach (NodeProto node in model.Graph.Node)
        {
            foreach (string attribute in node.Attribute.Select(static attribute => attribute.Name).Append(""))
                newest = Math.Min(newest, LastOf.GetValueOrDefault((node.OpType, attribute), newest));
        }

        return newest;
    }
}
