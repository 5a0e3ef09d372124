using System.Globalization;
using Cnn.Tool.Importing;
using Cnn.Tool.Writing.Blocks;

namespace Cnn.Tool.Writing;

/// <summary>What is written: the network's layers and uses of blocks, and the blocks.</summary>
/// <param name="Order">The layers as they are written, the input first.</param>
/// <param name="Names">Their names.</param>
/// <param name="Blocks">The blocks, each a class.</param>
/// <param name="Uses">What the uses among the layers stand for.</param>
internal sealed record Declaration(
    IReadOnlyList<Layer> Order, LayerNaming Names, IReadOnlyList<Block> Blocks, IReadOnlyDictionary<Layer, (Block Block, IReadOnlyList<Segment> Run)> Uses)
{
    /// <summary>The model's layers with their names in files: those in blocks begin with the name of the use.</summary>
    public IEnumerable<(Layer Layer, string Name)> Layers()
    {
        foreach (Layer layer in Order.Where(static layer => !layer.IsOutput))
        {
            if (!Uses.TryGetValue(layer, out (Block Block, IReadOnlyList<Segment> Run) use))
            {
                yield return (layer, Names.Of(layer));
                continue;
            }

            for (int repetition = 0; repetition < use.Run.Count; repetition++)
            {
                string name = Names.OfRepetition(layer, repetition);
                foreach ((Layer member, string inside) in use.Block.Members(use.Run[repetition]))
                    yield return (member, $"{name}.{inside}");
            }
        }
    }
}
