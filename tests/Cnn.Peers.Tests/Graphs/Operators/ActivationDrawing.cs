using Cnn.Property.Tests.Drawing;
using Onnx;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Peers.Tests.Graphs.Operators;

internal sealed class ActivationDrawing : OperatorDrawing
{
    public override IReadOnlyList<string> Operators =>
    [
        "Relu", "Sigmoid", "Tanh", "Softplus", "Softsign", "HardSwish", "Mish", "LeakyRelu", "Elu", "Celu", "Selu", "HardSigmoid", "Gelu", "Swish",
        "ThresholdedRelu", "Abs", "Exp", "Sqrt", "Erf", "Sin", "Neg", "Reciprocal",
    ];

    public override (int First, int Last) Opsets(string name) => name switch
    {
        "HardSwish" => (14, int.MaxValue),
        "Mish" => (18, int.MaxValue),
        "Gelu" => (20, int.MaxValue),
        "Swish" => (24, int.MaxValue),
        "Celu" => (12, int.MaxValue),
        "Erf" => (9, int.MaxValue),
        "ThresholdedRelu" => (10, int.MaxValue),
        "Sin" => (7, int.MaxValue),
        _ => base.Opsets(name),
    };

    public override bool Draw(Sketch sketch, string name)
    {
        sketch.Node(name, [sketch.X.Name], [.. Attributes(sketch.Dice, name)]);
        return true;
    }

    private static IEnumerable<AttributeProto?> Attributes(Dice dice, string name) => name switch
    {
        "LeakyRelu" => [Maybe(dice, "alpha", 0.01f, 0.2f, 0, -0.3f, 1.5f, 1)],
        "Elu" => [Maybe(dice, "alpha", 1, 0.5f, 2, 0, -0.7f)],
        "Celu" => [Maybe(dice, "alpha", 1, 0.5f, 2, -0.7f)],
        "Selu" => [Maybe(dice, "alpha", 1.67326319217681884765625f, 1.6732f, 1.5f), Maybe(dice, "gamma", 1.05070102214813232421875f, 1.0507f, 2)],
        "HardSigmoid" => [Maybe(dice, "alpha", 0.2f, 1f / 6, 0.5f, 0, -0.3f), Maybe(dice, "beta", 0.5f, 0.3f, 0, -0.2f, 1)],
        "Gelu" => [dice.Chance(60) ? Text("approximate", dice.Pick("none", "tanh")) : null],
        "Swish" => [Maybe(dice, "alpha", 1, 0.5f, -1)],
        "ThresholdedRelu" => [Maybe(dice, "alpha", 1, 0.5f)],
        _ => [],
    };

    private static AttributeProto? Maybe(Dice dice, string name, params float[] values) => dice.Chance(70) ? Real(name, dice.Pick(values)) : null;
}
