using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Peers.Tests.Graphs.Operators;

internal sealed class SoftmaxDrawing : OperatorDrawing
{
    public override IReadOnlyList<string> Operators => ["Softmax", "LogSoftmax", "Hardmax"];

    public override bool Draw(Sketch sketch, string name)
    {
        int axis = sketch.Dice.Chance(65) ? 1 : sketch.Dice.Between(sketch.Opset >= 11 ? -sketch.Rank : 0, sketch.Rank - 1);
        sketch.Node(name, [sketch.X.Name], sketch.Dice.Chance(15) ? null : Integer("axis", axis));
        return true;
    }
}
