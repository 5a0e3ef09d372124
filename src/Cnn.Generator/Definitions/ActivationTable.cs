namespace Cnn.Definitions;

/// <summary>All element-wise activations without weights. A new one is a line here; docs/adding-a-layer.md says what else it needs.</summary>
internal static class ActivationTable
{
    private const double NoLower = double.NegativeInfinity;
    private const double NoUpper = double.PositiveInfinity;

    private static readonly ArgumentNeed Sign = ArgumentNeed.FiniteAndNotNegative("the gradient is taken from the sign of the output");
    private static readonly ArgumentNeed Divisor = ArgumentNeed.FiniteAndNotZero("inputs are divided by it");
    private static readonly ArgumentNeed Limit = ArgumentNeed.Number("outputs lie between the two limits");

    public static IReadOnlyList<ActivationDefinition> All { get; } =
    [
        new("ReLU", "max(0, x)") { UsesOutput = true, Operator = new("Relu", 1) },
        new("ReLU6", "min(max(0, x), 6)") { UsesOutput = true },
        new("LeakyReLU", "x where x is positive, else Slope x", new NumberDefinition("Slope", 0.01, Sign) { Attribute = ("alpha", 0.01f) })
        {
            UsesOutput = true,
            Operator = new("LeakyRelu", 1),
        },
        new("ELU", "x where x is positive, else Alpha (exp(x) - 1)", new NumberDefinition("Alpha", 1, ArgumentNeed.Finite) { Attribute = ("alpha", 1) })
        {
            Operator = new("Elu", 1),
        },
        new("CELU", "x where x is positive, else Alpha (exp(x / Alpha) - 1)", new NumberDefinition("Alpha", 1, Divisor) { Attribute = ("alpha", 1) })
        {
            Operator = new("Celu", 12),
        },
        new("SELU", "1.0507 (x where x is positive, else 1.6733 (exp(x) - 1))") { Operator = new("Selu", 1) },
        new("GELU", "x times the normal distribution function of x, by erf") { Flag = new("Tanh", false) },
        new("GELU", "x times the normal distribution function of x, by tanh") { Name = "GELUTanh", Flag = new("Tanh", true) },
        new("SiLU", "x sigmoid(x)"),
        new("Mish", "x tanh(softplus(x))") { Operator = new("Mish", 18) },
        new("Sigmoid", "1 / (1 + exp(-x))") { UsesOutput = true, Operator = new("Sigmoid", 1) },
        new("Tanh", "tanh(x)") { UsesOutput = true, Operator = new("Tanh", 1) },
        new("Softplus", "log(1 + exp(x))") { Operator = new("Softplus", 1) },
        new("Softsign", "x / (1 + abs(x))") { Operator = new("Softsign", 1) },
        new(
            "HardSigmoid",
            "min(max(0, Alpha x + Beta), 1)",
            new NumberDefinition("Alpha", 1.0 / 6, ArgumentNeed.Finite) { Attribute = ("alpha", 0.2f) },
            new NumberDefinition("Beta", 0.5, ArgumentNeed.Finite) { Attribute = ("beta", 0.5f) })
        {
            Operator = new("HardSigmoid", 1),
        },
        new("HardSwish", "x min(max(0, x + 3), 6) / 6") { Operator = new("HardSwish", 14) },
        new(
            "Clip",
            "min(max(Min, x), Max)",
            new NumberDefinition("Min", NoLower, Limit) { IsPositional = true },
            new NumberDefinition("Max", NoUpper, Limit) { IsPositional = true }),
    ];

    /// <summary>The attributes' names without suffix, each once.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. All.Select(static activation => activation.Kind).Distinct()];

    /// <summary>Those that ONNX has as one operator, whose attributes are the numbers.</summary>
    public static IEnumerable<ActivationDefinition> Operators => All.Where(static activation => activation.Operator is not null);

    /// <summary>The functions of an attribute: none, one, or two between which a flag chooses.</summary>
    public static IEnumerable<ActivationDefinition> OfKind(string kind) => All.Where(activation => activation.Kind == kind);

    /// <param name="name">Of the function, not of the attribute.</param>
    public static ActivationDefinition Named(string name) => All.Single(activation => activation.Name == name);
}
