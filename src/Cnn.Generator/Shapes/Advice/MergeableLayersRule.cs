using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes.Advice;

/// <summary>
/// Two convolutions or linear layers in a row compute one linear map; where one layer of no more parameters can hold it, the second adds nothing.
/// </summary>
/// <remarks>
/// BatchNorm, Dropout, Flatten and Identity in between bring no nonlinearity. At padded borders the single layer may differ. Frozen layers are left
/// alone: what is trained and what is not could not be told apart in one layer.
/// </remarks>
internal static class MergeableLayersRule
{
    public static IEnumerable<Fault> Find(LayerGraph graph)
    {
        for (int i = 0; i < graph.Count; i++)
        {
            if (IsLinear(graph[i].Spec) && Next(graph, i) is { } next && Merge(graph, i, next) is { } merged && merged.Parameters <= next.Parameters)
                yield return Describe(graph, i, next, merged);
        }
    }

    private static bool IsLinear(LayerSpec layer) => layer is ConvSpec or LinearSpec && !layer.Frozen;

    /// <summary>The next convolution or linear layer with nothing but linear layers before it that nobody else reads.</summary>
    private static Successor? Next(LayerGraph graph, int layer)
    {
        long parameters = graph[layer].ParameterCount;
        bool hasNorm = false;
        for (int next = graph.OnlyReader(layer); next >= 0; next = graph.OnlyReader(next))
        {
            if (graph[next].Inputs.Length != 1)
                return null;
            parameters += graph[next].ParameterCount;
            if (IsLinear(graph[next].Spec))
                return new Successor(next, parameters, hasNorm);
            if (graph[next].Spec is BatchNormSpec { Frozen: false })
                hasNorm = true;
            else if (graph[next].Spec is not (DropoutSpec or FlattenSpec or IdentitySpec))
                return null;
        }

        return null;
    }

    private static Merged? Merge(LayerGraph graph, int first, Successor next)
    {
        ShapedLayer second = graph[next.Layer];
        bool hasBias = next.HasNorm || HasBias(graph[first].Spec) || HasBias(second.Spec);
        long biases = hasBias ? second.OutputShape.Channels : 0;
        if (second.Spec is LinearSpec linear)
        {
            // Of a convolution behind which the map is flattened, this is a linear layer over its whole input.
            long inputs = graph[first].InputShape.Length;
            return new Merged((inputs * linear.OutFeatures) + biases, $"Linear({Numbers.Text(linear.OutFeatures)})");
        }

        if (graph[first].Spec is not ConvSpec before || second.Spec is not ConvSpec after)
            return null;
        int groups = GreatestCommonDivisor.Of(before.Groups, after.Groups);
        long[] kernel = [.. Enumerable.Range(0, second.Window!.Kernel.Length).Select(axis => Taps(graph[first].Window!, second.Window, axis))];
        long weights = kernel.Aggregate((long)graph[first].InputShape.Channels / groups * after.OutChannels,
            static (product, length) => Product(product, length));
        string size = string.Join(", ", kernel.Distinct().Count() == 1 ? [Numbers.Text(kernel[0])] : kernel.Select(Numbers.Text));
        return new Merged(weights + biases, $"Conv({Numbers.Text(after.OutChannels)}, {size})");
    }

    /// <summary>The kernel size of both convolutions in one: the elements of the first that the second's elements lead to, at their common distance.</summary>
    private static long Taps(WindowShape first, WindowShape second, int axis)
    {
        long secondDistance = (long)second.Dilation[axis] * first.Stride[axis];
        if (first.Kernel[axis] == 1)
            return second.Kernel[axis];
        if (second.Kernel[axis] == 1)
            return first.Kernel[axis];
        int distance = GreatestCommonDivisor.Of(first.Dilation[axis], (int)Math.Min(secondDistance, int.MaxValue));
        long extent = ((first.Kernel[axis] - 1L) * first.Dilation[axis]) + ((second.Kernel[axis] - 1L) * secondDistance);
        return (extent / distance) + 1;
    }

    private static bool HasBias(LayerSpec layer) => layer is ConvSpec { Bias: true } or LinearSpec { Bias: true };

    private static long Product(long first, long second) => first > int.MaxValue || second > int.MaxValue ? long.MaxValue / 4 : first * second;

    private static Fault Describe(LayerGraph graph, int first, Successor next, Merged merged) => new()
    {
        Id = FaultIds.MergeableLayers,
        Layer = next.Layer,
        RelatedLayer = first,
        Arguments =
        [
            graph[next.Layer].Spec.Name, graph[first].Spec.Name,
            merged.Text, Numbers.Grouped(merged.Parameters), Numbers.Grouped(next.Parameters),
        ],
        Repairs = [new Repair(RepairKind.InsertLayer, "", "ReLU")],
    };

    /// <summary>The layer that a chain ends with.</summary>
    /// <param name="Layer">Its index.</param>
    /// <param name="Parameters">Trained numbers of the whole chain, its first layer's too.</param>
    /// <param name="HasNorm">Whether a BatchNorm stands between, whose shift needs a bias.</param>
    private sealed record Successor(int Layer, long Parameters, bool HasNorm);

    /// <summary>The single layer.</summary>
    private sealed record Merged(long Parameters, string Text);
}
