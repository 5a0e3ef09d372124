using System.Globalization;
using Cnn.Tool.Importing;

namespace Cnn.Tool.Writing.Blocks;

/// <summary>Writes what a network repeats as blocks, as long as that makes the declaration shorter.</summary>
internal static class BlockRecognition
{
    private const int MostBlocks = 8;

    // Published networks have several hundred layers; the search takes time with the square of what repeats.
    private const int MostLayers = 3_000;

    /// <summary>The declaration of a network.</summary>
    /// <param name="order">The layers as they are written, the input first.</param>
    /// <param name="className">The network's class, whose name no block can have.</param>
    public static Declaration Apply(IReadOnlyList<Layer> order, string className)
    {
        List<Block> blocks = [];
        Dictionary<Layer, (Block Block, IReadOnlyList<Segment> Run)> uses = [];
        HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase) { className };
        while (order.Count <= MostLayers && blocks.Count < MostBlocks && Best(order) is { } block)
        {
            block.ClassName = Unique(BlockNames.Of(block), taken);
            blocks.Add(block);
            order = Replace(order, block, uses);
        }

        return new Declaration(order, new LayerNaming(order, null), blocks, uses);
    }

    private static Block? Best(IReadOnlyList<Layer> order)
    {
        SegmentSearch search = new(order);
        Block? best = null;
        foreach (IReadOnlyList<Segment> segments in search.Groups())
        {
            Block block = Block.Of(segments, order, search);
            if (block.LinesSaved > (best?.LinesSaved ?? 0)
                || (best is not null && block.LinesSaved == best.LinesSaved && block.Layers.Count > best.Layers.Count))
                best = block;
        }

        return best;
    }

    private static IReadOnlyList<Layer> Replace(IReadOnlyList<Layer> order, Block block, Dictionary<Layer, (Block, IReadOnlyList<Segment>)> uses)
    {
        Dictionary<Layer, Layer> replaced = [];
        List<Layer> shorter = [];
        int place = 0;
        foreach (IReadOnlyList<Segment> run in block.Runs)
        {
            shorter.AddRange(order.Skip(place).Take(run[0].Begin - place));
            Layer use = block.Use(run);
            uses.Add(use, (block, run));
            replaced.Add(run[^1].Exit, use);
            shorter.Add(use);
            place = run[^1].End;
        }

        shorter.AddRange(order.Skip(place));
        foreach (Layer layer in shorter)
        {
            for (int input = 0; input < layer.Inputs.Count; input++)
                layer.Inputs[input] = replaced.GetValueOrDefault(layer.Inputs[input], layer.Inputs[input]);
        }

        return shorter;
    }

    private static string Unique(string stem, HashSet<string> taken)
    {
        string name = stem;
        for (int number = 2; !taken.Add(name); number++)
            name = stem + number.ToString(CultureInfo.InvariantCulture);
        return name;
    }
}
