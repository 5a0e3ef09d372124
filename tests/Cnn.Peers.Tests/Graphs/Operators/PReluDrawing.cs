using Cnn.Property.Tests.Drawing;

namespace Cnn.Peers.Tests.Graphs.Operators;

internal sealed class PReluDrawing : OperatorDrawing
{
    public override IReadOnlyList<string> Operators => ["PRelu"];

    public override int Weight => 3;

    public override bool Draw(Sketch sketch, string name)
    {
        Dice dice = sketch.Dice;
        long[] ones = [.. sketch.Map.Select(_ => 1L)];
        long[] shape = dice.Pick<long[]>(
            [1], [sketch.Channels], [sketch.Channels, .. ones], [sketch.Channels, .. ones], [1, sketch.Channels, .. ones], [1, .. ones], [sketch.X.Shape[^1]], sketch.X.Shape[1..]);
        sketch.Node(name, [sketch.X.Name, sketch.Reals(shape, -0.5, 1.5)]);
        return true;
    }
}
