using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Peers.Tests.Graphs.Operators;

internal sealed class PixelDrawing : OperatorDrawing
{
    public override IReadOnlyList<string> Operators => ["DepthToSpace", "SpaceToDepth", "pixel shuffle by views"];

    public override bool Draw(Sketch sketch, string name)
    {
        if (sketch.MapRank != 2)
            return false;
        int block = sketch.Dice.Between(1, 3);
        bool isDeep = name != "SpaceToDepth";
        if (isDeep ? sketch.Channels % (block * block) != 0 : sketch.Map.Any(length => length % block != 0))
            return false;
        if (name.Contains(' ', StringComparison.Ordinal))
            Shuffle(sketch, block);
        else
            sketch.Node(name, [sketch.X.Name], Integer("blocksize", block),
                isDeep && sketch.Opset >= 11 && sketch.Dice.Chance(60) ? Text("mode", sketch.Dice.Pick("DCR", "CRD")) : null);
        return true;
    }

    private static void Shuffle(Sketch sketch, int block)
    {
        (long height, long width) = (sketch.Map[0], sketch.Map[1]);
        int channels = sketch.Channels / (block * block);
        string view = sketch.Node("Reshape", [sketch.X.Name, sketch.Integers(0, channels, block, block, height, width)]);
        string moved = sketch.Node("Transpose", [view], Integers("perm", 0, 1, 4, 2, 5, 3));
        sketch.Node("Reshape", [moved, sketch.Integers(0, channels, height * block, width * block)]);
    }
}
