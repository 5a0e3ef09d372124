using Cnn.Property.Tests.Drawing;
using Onnx;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Peers.Tests.Graphs.Operators;

/// <summary>What does nothing in a prediction.</summary>
internal sealed class PassThroughDrawing : OperatorDrawing
{
    public override IReadOnlyList<string> Operators => ["Identity", "Dropout", "Cast"];

    public override bool Draw(Sketch sketch, string name)
    {
        Dice dice = sketch.Dice;
        string x = sketch.X.Name;
        if (name == "Identity")
            sketch.Node(name, [x]);
        else if (name == "Cast")
            sketch.Node(name, [x], Integer("to", 1));
        else
            DrawDropout(sketch, x, dice);
        return true;
    }

    private static void DrawDropout(Sketch sketch, string x, Dice dice)
    {
        int outputs = dice.Chance(30) ? 2 : 1;
        if (sketch.Opset < 12)
        {
            sketch.Node(
                "Dropout", [x], outputs, dice.Chance(70) ? Real("ratio", dice.Pick(0.5f, 0.1f)) : null, sketch.Opset < 7 ? Integer("is_test", 1) : null);
            return;
        }

        TensorProto training = new() { DataType = (int)TensorProto.Types.DataType.Bool, Int32Data = { 0 } };
        string[] more = dice.Below(4) switch
        {
            0 => [],
            1 => [sketch.Reals([], [0.3f])],
            2 => ["", sketch.Stored(training)],
            _ => [sketch.Reals([], [0.3f]), sketch.Stored(training)],
        };
        sketch.Node("Dropout", [x, .. more], outputs, dice.Chance(20) ? Integer("seed", 3) : null);
    }
}
