using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>Faults inside blocks: a mistake that every use shows is told of the first one.</summary>
internal static class BlockFaults
{
    public static IEnumerable<Fault> Once(IEnumerable<Fault> faults, NetworkSpec network)
    {
        HashSet<(int Block, int Layer, string Id, string? Argument, int Element)> seen = [];
        return faults.Where(fault => fault.Within.Length == 0
            || seen.Add((BlockOf(fault.Path, network), fault.Within[^1], fault.Id, fault.Argument, fault.Element)));
    }

    /// <summary>The block that has the layer at the end of a path.</summary>
    private static int BlockOf(LayerPath path, NetworkSpec network)
    {
        int block = ((BlockUseSpec)network.Layers[path.Layer]).Block.Index;
        for (int depth = 0; depth < path.Within.Length - 1; depth++)
            block = network.Blocks[block].Layers[path.Within[depth]].Block!.Index;
        return block;
    }
}
