using Cnn.Property.Tests.Drawing;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Peers.Tests.Graphs.Operators;

internal sealed class BatchNormDrawing : OperatorDrawing
{
    public override IReadOnlyList<string> Operators => ["BatchNormalization"];

    public override int Weight => 3;

    public override bool Draw(Sketch sketch, string name)
    {
        Dice dice = sketch.Dice;
        long[] shape = [sketch.Channels];
        sketch.Node(
            name,
            [sketch.X.Name, sketch.Reals(shape, -1.5, 1.5), sketch.Reals(shape, -1, 1), sketch.Reals(shape, -1, 1), sketch.Reals(shape, 0.3, 2)],
            dice.Chance(5) ? sketch.Opset < 14 ? 5 : 3 : 1,
            dice.Chance(40) ? Real("epsilon", dice.Pick(1e-3f, 1e-5f, 0.1f)) : null,
            dice.Chance(40) ? Real("momentum", dice.Pick(0.9f, 0.99f, 0f, 1f)) : null,
            sketch.Opset < 7 ? Integer("is_test", 1) : null,
            sketch.Opset < 9 && dice.Chance(20) ? Integer("spatial", 1) : null,
            sketch.Opset >= 14 && dice.Chance(15) ? Integer("training_mode", dice.Chance(70) ? 0 : 1) : null);
        return true;
    }
}
