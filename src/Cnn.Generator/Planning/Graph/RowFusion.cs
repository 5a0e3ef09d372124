using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>
/// Joins a predictor's convolutions around a depthwise one where the map between them is too large to stay in the second-level cache: they are then done
/// row by row (<see cref="RowChainNode"/>). No sum changes its order.
/// </summary>
internal static class RowFusion
{
    public static NodeGraph Fuse(NodeGraph graph)
    {
        Node?[] nodes = [.. graph.Nodes];
        foreach (ConvNode depthwise in graph.Nodes.OfType<ConvNode>().Where(IsDepthwise))
        {
            int map = depthwise.Inputs[0];
            if (!graph.HasOneReader(map) || graph.Producer(map) is not ConvNode first || nodes[first.Index] != first || !IsDirect(first))
                continue;
            ConvNode? last = graph.HasOneReader(depthwise.Value) && graph.Readers(depthwise.Value)[0] is ConvNode next && IsPointwise(next) ? next : null;
            ConvNode[] links = last is null ? [first, depthwise] : [first, depthwise, last];
            if (!Pays(links))
                continue;
            foreach (ConvNode link in links)
                nodes[link.Index] = null;
            nodes[links[^1].Index] = RowChainNode.Of(links);
        }

        return graph.With(nodes, [.. Enumerable.Range(0, graph.ValueCount)]);
    }

    private static bool IsDepthwise(ConvNode conv) => conv is { Epilogue.HasResidual: false, Geometry: { IsDepthwise: true, Rank: 2 } };

    /// <summary>Whether its rows can be made one by one.</summary>
    private static bool IsDirect(ConvNode conv) => conv is { Winograd: null, Epilogue.HasResidual: false, Geometry: { Groups: 1, Rank: 2 } };

    private static bool IsPointwise(ConvNode conv) =>
        IsDirect(conv) && conv is { Geometry: { Taps: 1, HasStride: false }, SeesNoPadding: true };

    /// <summary>
    /// Where the map fills more than half of the second-level cache, it would come back from behind that; and all weights must stay there, because each row
    /// reads them again.
    /// </summary>
    private static bool Pays(ConvNode[] links)
    {
        TensorShape map = links[0].Output;
        RowWindow window = RowWindow.Of(links[1].Geometry);
        return window.Stride <= window.Reach && links.All(static link => link.Geometry.AreAllTapsLive)
            && map.Positions * LaneBlocks.Lanes(map.Channels) > ReferenceCore.StripFloats
            && links.Sum(static link => link.Geometry.Weight.Size) <= ReferenceCore.KeptFloats
            && window.Reach + window.Stride <= RowChainNode.MostRows(links[1].Geometry);
    }
}

/// <summary>Which rows of its input an output row of a convolution sees.</summary>
/// <param name="Reach">How many, from the first tap to the last.</param>
/// <param name="Stride">From one output to the next.</param>
/// <param name="Padding">Before the first of the input.</param>
internal sealed record RowWindow(int Reach, int Stride, int Padding)
{
    public static RowWindow Of(ConvolutionGeometry conv) => new(
        ((conv.Window.Kernel[0] - 1) * conv.Window.Dilation[0]) + 1, conv.Window.Stride[0], conv.Window.PaddingBegin[0]);
}
