namespace Cnn.Onnx.Export;

/// <summary>Each axis of positions multiplied with a matrix, moved to the end for it: what no operator says in this number of axes.</summary>
internal static class AxisProducts
{
    /// <param name="layer">The layer, whose output has the last product.</param>
    /// <param name="part">What the matrices are called inside the layer.</param>
    /// <param name="matrix">Of an axis, [inputs, outputs].</param>
    public static void Add(ExportedLayer layer, string part, Func<int, float[]> matrix)
    {
        string value = layer.Inputs[0];
        int last = 1 + layer.Rank;
        for (int axis = 0; axis < layer.Rank; axis++)
        {
            double[] order = [.. Enumerable.Range(0, last + 1).Select(index => (double)index)];
            (order[2 + axis], order[last]) = (order[last], order[2 + axis]);
            global::Onnx.AttributeProto swap = GraphBuilder.Integers("perm", order);
            int[] shape = [layer.InputShape[1 + axis], layer.Facts.OutputShape[1 + axis]];
            string constant = layer.Graph.Constant($"{layer.Facts.Name}/{part}{axis}", shape, matrix(axis));
            bool isLast = axis == layer.Rank - 1;
            if (isLast)
            {
                layer.Graph.Node("MatMul", layer.Output, [value, constant]);
                return;
            }

            string swapped = layer.Part("Transpose", $"swap{axis}", [value], swap);
            string product = layer.Part("MatMul", $"average{axis}", [swapped, constant]);
            value = layer.Part("Transpose", $"back{axis}", [product], swap);
        }
    }
}
