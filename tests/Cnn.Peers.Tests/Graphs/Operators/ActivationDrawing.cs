using Cnn.Definitions;
using Cnn.Property.Tests.Drawing;
using Cnn.Runtime.Tests.Kernels;
using Onnx;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Peers.Tests.Graphs.Operators;

internal sealed class ActivationDrawing : OperatorDrawing
{
    private static readonly ActivationDefinition[] Defined = [.. ActivationTable.Operators];

    public override IReadOnlyList<string> Operators =>
        [.. Defined.Select(activation => activation.Operator!.Name), "Gelu", "Swish", "Erf", "Sin", "Neg", "Reciprocal"];

    public override (int First, int Last) Opsets(string name) => name switch
    {
        "Gelu" => (20, int.MaxValue),
        "Swish" => (24, int.MaxValue),
        "Erf" => (9, int.MaxValue),
        "Sin" => (7, int.MaxValue),
        _ => (Defined.FirstOrDefault(activation => activation.Operator!.Name == name)?.Operator!.Since ?? 0, int.MaxValue),
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
        "Selu" => [Maybe(dice, "alpha", 1.67326319217681884765625f, 1.6732f, 1.5f), Maybe(dice, "gamma", 1.05070102214813232421875f, 1.0507f, 2)],
        "HardSigmoid" => [Maybe(dice, "alpha", 0.2f, 1f / 6, 0.5f, 0, -0.3f), Maybe(dice, "beta", 0.5f, 0.3f, 0, -0.2f, 1)],
        "Gelu" => [dice.Chance(60) ? Text("approximate", dice.Pick("none", "tanh")) : null],
        "Swish" => [Maybe(dice, "alpha", 1, 0.5f, -1)],
        _ => Defined.Where(activation => activation.Operator!.Name == name).SelectMany(activation => Numbers(dice, activation)),
    };

    /// <summary>Both defaults, numbers that some functions may not have, and those of the oracle.</summary>
    private static IEnumerable<AttributeProto?> Numbers(Dice dice, ActivationDefinition activation)
    {
        double[][] samples = ActivationOracle.Named(activation.Name).Samples;
        return activation.Numbers.Select((number, index) => Maybe(
            dice, number.Attribute.Name, [number.Attribute.Default, (float)number.Default, 0, -0.7f, .. samples.Select(sample => (float)sample[index])]));
    }

    private static AttributeProto? Maybe(Dice dice, string name, params float[] values) => dice.Chance(70) ? Real(name, dice.Pick(values)) : null;
}
