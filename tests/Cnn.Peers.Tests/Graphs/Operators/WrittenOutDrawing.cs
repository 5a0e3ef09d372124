using Cnn.Property.Tests.Drawing;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Peers.Tests.Graphs.Operators;

/// <summary>Activations in several nodes, with the numbers that make them one and with others close by.</summary>
internal sealed class WrittenOutDrawing : OperatorDrawing
{
    public override IReadOnlyList<string> Operators =>
        ["SiLU written out", "Mish written out", "GELU written out", "hard swish written out", "hard sigmoid written out", "softsign written out"];

    public override (int First, int Last) Opsets(string name) => (9, int.MaxValue);

    public override bool Draw(Sketch sketch, string name)
    {
        string x = sketch.X.Name;
        _ = name[..4] switch
        {
            "SiLU" => Product(sketch, x, sketch.Node("Sigmoid", [x])),
            "Mish" => Product(sketch, x, sketch.Node("Tanh", [sketch.Node("Softplus", [x])])),
            "GELU" => Gelu(sketch, x),
            "soft" => sketch.Node("Div", [x, Sum(sketch, sketch.Node("Abs", [x]), Number(sketch, 1))]),
            _ when name.StartsWith("hard swish", StringComparison.Ordinal) => HardSwish(sketch, x),
            _ => Sixth(sketch, Relu6(sketch, Sum(sketch, x, Number(sketch, 3)))),
        };
        return true;
    }

    /// <summary>Nearly always as it should be.</summary>
    private static string Number(Sketch sketch, double value) =>
        sketch.Reals(sketch.Dice.Pick<long[]>([], [1]), [(float)(value * (sketch.Dice.Chance(4) ? sketch.Dice.Pick(1.5, -1, 1.01) : 1))]);

    private static string Product(Sketch sketch, string a, string b) => sketch.Dice.Chance(50) ? sketch.Node("Mul", [a, b]) : sketch.Node("Mul", [b, a]);

    private static string Sum(Sketch sketch, string a, string b) => sketch.Dice.Chance(50) ? sketch.Node("Add", [a, b]) : sketch.Node("Add", [b, a]);

    private static string Sixth(Sketch sketch, string x) => sketch.Dice.Chance(50)
        ? sketch.Node("Div", [x, Number(sketch, 6)])
        : Product(sketch, x, Number(sketch, 1.0 / 6));

    private static string Relu6(Sketch sketch, string x) => sketch.Opset < 11
        ? sketch.Node("Clip", [x], Real("min", 0), Real("max", 6))
        : sketch.Node("Clip", [x, sketch.Reals([], [0f]), sketch.Reals([], [6f])]);

    private static string HardSwish(Sketch sketch, string x)
    {
        string gate = Relu6(sketch, Sum(sketch, x, Number(sketch, 3)));
        return sketch.Dice.Chance(50) ? Sixth(sketch, Product(sketch, x, gate)) : Product(sketch, x, Sixth(sketch, gate));
    }

    private static string Erf(Sketch sketch, string x) => sketch.Node(
        "Erf", [sketch.Dice.Chance(60) ? sketch.Node("Div", [x, Number(sketch, Math.Sqrt(2))]) : Product(sketch, x, Number(sketch, 1 / Math.Sqrt(2)))]);

    private static string Tanh(Sketch sketch, string x)
    {
        string cube = Product(sketch, sketch.Node("Pow", [x, Number(sketch, 3)]), Number(sketch, 0.044715));
        return sketch.Node("Tanh", [Product(sketch, Sum(sketch, x, cube), Number(sketch, Math.Sqrt(2 / Math.PI)))]);
    }

    private static string Gelu(Sketch sketch, string x)
    {
        Dice dice = sketch.Dice;
        string gate = Sum(sketch, dice.Chance(60) ? Erf(sketch, x) : Tanh(sketch, x), Number(sketch, 1));
        return dice.Below(3) switch
        {
            0 => Product(sketch, Product(sketch, x, gate), Number(sketch, 0.5)),
            1 => Product(sketch, Product(sketch, x, Number(sketch, 0.5)), gate),
            _ => Product(sketch, x, Product(sketch, gate, Number(sketch, 0.5))),
        };
    }
}
