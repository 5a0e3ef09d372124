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
        long[][] shapes =
        [
            [1], [sketch.Channels], [sketch.Channels, .. ones], [sketch.Channels, .. ones], [1, sketch.Channels, .. ones], [1, .. ones],
            [sketch.X.Shape[^1]], sketch.X.Shape[1..],
        ];
        // ONNX broadcasts the slope to the tensor alone, and ONNX Runtime the tensor to the slope too.
        long[] shape = dice.Pick([.. shapes.Where(shape => sketch.Opset < 7 || Broadcasts(shape, sketch.X.Shape[^shape.Length..]))]);
        sketch.Node(name, [sketch.X.Name, sketch.Reals(shape, -0.5, 1.5)]);
        return true;
    }

    private static bool Broadcasts(long[] shape, long[] to) => shape.Zip(to).All(axis => axis.First == 1 || axis.First == axis.Second);
}
