using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>What Planning must know of the runtime's activations.</summary>
public static class Activations
{
    /// <summary>Whether the derivative is computed from the output, so that the input need not be kept. As the runtime's structs say.</summary>
    public static bool UsesOutput(ActivationKind kind) =>
        kind is ActivationKind.ReLU or ActivationKind.ReLU6 or ActivationKind.LeakyReLU or ActivationKind.Sigmoid or ActivationKind.Tanh;

    /// <summary>The expression that makes the runtime's struct.</summary>
    public static string Expression(ActivationSpec spec) =>
        $"new _run::{spec.Activation}Activation({string.Join(", ", spec.Numbers.Select(Literal))})";

    /// <summary>The formula, for comments.</summary>
    public static string Formula(ActivationSpec spec) => spec.Numbers.Length == 0
        ? spec.Kind
        : $"{spec.Kind}[{string.Join(", ", spec.Numbers.Select(static number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))}]";

    /// <summary>A float literal that reads back as the same bits.</summary>
    public static string Literal(float value)
    {
        if (float.IsNaN(value))
            return "float.NaN";
        if (float.IsInfinity(value))
            return value > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity";
        return value.ToString("R", System.Globalization.CultureInfo.InvariantCulture) + "f";
    }
}
