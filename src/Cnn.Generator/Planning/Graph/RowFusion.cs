using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>
/// Joins nodes of a predictor between which a map is too large to stay in a core's caches: they are then done row by row (<see cref="RowChainNode"/>). These
/// are convolutions around a depthwise one, the caller's planes and the convolution that reads them, and a convolution whose mean alone is read. No sum
/// changes its order.
/// </summary>
internal static class RowFusion
{
    /// <summary>Multiply-adds that one worker may well do alone: workers divide the blocks of a mean, of which a map has few.</summary>
    private const long AloneMultiplyAdds = 8 << 20;

    /// <summary>Blocks of a mean that workers divide as well as rows.</summary>
    private const int ManyBlocks = 4;

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
            if (Pays(links))
                Join(nodes, links, SourceOf(graph, first, links.Length), MeanOf(graph, links[^1]));
        }

        foreach (ConvNode conv in graph.Nodes.OfType<ConvNode>().Where(conv => nodes[conv.Index] == conv && IsWhole(conv)))
        {
            GraphPort? source = SourceOf(graph, conv, links: 1);
            GlobalPoolNode? mean = MeanOf(graph, conv);
            if (source is not null || mean is not null)
                Join(nodes, [conv], source, mean);
        }

        return graph.With(nodes, [.. Enumerable.Range(0, graph.ValueCount)]);
    }

    private static void Join(Node?[] nodes, ConvNode[] links, GraphPort? source, GlobalPoolNode? mean)
    {
        RowChainNode chain = RowChainNode.Of(links, source, mean);
        foreach (ConvNode link in links)
            nodes[link.Index] = null;
        nodes[chain.Index] = chain;
    }

    private static bool IsDepthwise(ConvNode conv) =>
        conv is { Epilogue.HasResidual: false, SpreadsInput: false, Geometry: { IsDepthwise: true, Rank: 2 } };

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
        ConvolutionGeometry depthwise = links[1].Geometry;
        return RowWindow.Of(depthwise) is { Stride: var stride, Reach: var reach } && stride <= reach
            && links.All(static link => link.Geometry.AreAllTapsLive)
            && FloatsOf(links[0].Output) > ReferenceCore.StripFloats
            && links.Sum(static link => link.Geometry.Weight.Size) <= ReferenceCore.KeptFloats
            && RowBuffer.Fits(depthwise, LaneBlocks.Lanes(depthwise.Input.Channels), RowChainNode.BufferRoom(links.Length));
    }

    /// <summary>Whether a convolution by itself can be made row by row, with no channel that would be computed apart.</summary>
    private static bool IsWhole(ConvNode conv)
    {
        if (!(IsDirect(conv) || IsDepthwise(conv)) || !conv.Geometry.AreAllTapsLive || conv.Geometry.Weight.Size > ReferenceCore.KeptFloats)
            return false;
        (EquatableArray<int> begin, EquatableArray<int> end) = conv.Geometry.InputBorder();
        return ConvolutionContractions.Forward(
            conv.Geometry, TensorLayout.Bordered(conv.Input, begin, end), TensorLayout.Plain(conv.Output), conv.Epilogue).Last is null;
    }

    /// <summary>The network's input, where a convolution had better bring the rows that it reads into channels-last order itself.</summary>
    private static GraphPort? SourceOf(NodeGraph graph, ConvNode conv, int links)
    {
        int value = conv.Inputs[0];
        if (!graph.IsInput(value) || !graph.HasOneReader(value) || !conv.Geometry.AreAllTapsLive)
            return null;
        GraphPort port = graph.Inputs.Single(input => input.Value == value);
        int pitch = RowChainNode.InputPitch(conv);
        bool pays = conv.Input.Positions * pitch > ReferenceCore.LoadedFloats || RowWindow.Of(conv.Geometry).Skips;
        return pays && !port.Port.IsChannelsLast && RowBuffer.Fits(conv.Geometry, pitch, RowChainNode.BufferRoom(links)) ? port : null;
    }

    /// <summary>The mean of all positions, where that alone is read of a large map.</summary>
    private static GlobalPoolNode? MeanOf(NodeGraph graph, ConvNode conv)
    {
        if (!graph.HasOneReader(conv.Value) || graph.Readers(conv.Value)[0] is not GlobalPoolNode { IsMean: true } mean)
            return null;
        bool divides = RowMean.BlocksOf(conv.Output.Positions) >= ManyBlocks
            || (long)conv.Output.Positions * conv.Geometry.Weight.Size <= AloneMultiplyAdds;
        return divides && FloatsOf(conv.Output) > ReferenceCore.LoadedFloats ? mean : null;
    }

    private static int FloatsOf(TensorShape map) => map.Positions * LaneBlocks.Lanes(map.Channels);
}
