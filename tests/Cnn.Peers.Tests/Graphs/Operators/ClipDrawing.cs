using Cnn.Property.Tests.Drawing;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Peers.Tests.Graphs.Operators;

/// <summary>Limits: of Clip as attributes or inputs, and those that Min and Max set.</summary>
internal sealed class ClipDrawing : OperatorDrawing
{
    public override IReadOnlyList<string> Operators => ["Clip", "Min", "Max"];

    public override int Weight => 3;

    public override (int First, int Last) Opsets(string name) => (name == "Clip" ? 0 : 8, int.MaxValue);

    public override bool Draw(Sketch sketch, string name)
    {
        Dice dice = sketch.Dice;
        string x = sketch.X.Name;
        if (name == "Clip")
            DrawClip(sketch, x);
        else
            sketch.Node(name, Shuffled(dice, x, sketch.Reals(dice.Pick<long[]>([], [], [1], [1, 1], [sketch.Channels, .. sketch.Map.Select(_ => 1L)]), -1, 1)));
        return true;
    }

    private static void DrawClip(Sketch sketch, string x)
    {
        Dice dice = sketch.Dice;
        float low = dice.Pick(0, -0.5f, -1, 0.2f, float.MinValue);
        float high = dice.Pick(6, 0.5f, 1, 0.7f, float.MaxValue);
        if (dice.Chance(4))
            (low, high) = (high, low);
        if (sketch.Opset < 11)
        {
            sketch.Node("Clip", [x], dice.Chance(80) ? Real("min", low) : null, dice.Chance(80) ? Real("max", high) : null);
            return;
        }

        string[] inputs = dice.Below(5) switch
        {
            0 => [x],
            1 => [x, sketch.Reals([], [low])],
            2 => [x, "", sketch.Reals([], [high])],
            _ => [x, sketch.Reals([], [low]), sketch.Reals([], [high])],
        };
        sketch.Node("Clip", inputs);
    }

    private static string[] Shuffled(Dice dice, string x, string constant) => dice.Chance(60) ? [x, constant] : [constant, x];
}
