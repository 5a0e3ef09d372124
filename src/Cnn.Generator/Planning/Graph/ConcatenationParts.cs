namespace Cnn.Generator.Planning;

/// <summary>
/// Which operands of a predictor's concatenations are made in their place among its channels, so that nothing is copied: those that nothing else reads, whose
/// channels fill whole vectors, and which are made by a kernel that writes nothing but its own channels.
/// </summary>
internal static class ConcatenationParts
{
    /// <summary>For each such operand the concatenation, and the channel at which it begins.</summary>
    public static Dictionary<int, (ConcatNode Whole, int Channel)> Of(NodeGraph graph)
    {
        Dictionary<int, (ConcatNode, int)> parts = [];
        foreach (ConcatNode whole in graph.Nodes.OfType<ConcatNode>())
        {
            int channel = 0;
            foreach (int operand in whole.Inputs)
            {
                int channels = graph.Shape(operand).Channels;
                if (channels == LaneBlocks.Lanes(channels) && graph.HasOneReader(operand) && graph.Producer(operand) is { WritesItsChannelsAlone: true })
                    parts[operand] = (whole, channel);
                channel += channels;
            }
        }

        return parts;
    }
}
