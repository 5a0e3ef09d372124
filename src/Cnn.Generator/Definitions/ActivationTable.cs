namespace Cnn.Definitions;

/// <summary>All element-wise activations without weights. A new one is a line here; docs/adding-a-layer.md says what else it needs.</summary>
internal static class ActivationTable
{
    private const string NegativeLimit = "The limit for large negative inputs is -Alpha.";
    private const double NoLower = double.NegativeInfinity;
    private const double NoUpper = double.PositiveInfinity;

    private static readonly ArgumentNeed Sign = ArgumentNeed.FiniteAndNotNegative("the gradient is taken from the sign of the output");
    private static readonly ArgumentNeed Divisor = ArgumentNeed.FiniteAndNotZero("inputs are divided by it");
    private static readonly ArgumentNeed Limit = ArgumentNeed.Number("outputs lie between the two limits");

    public static IReadOnlyList<ActivationDefinition> All { get; } =
    [
        new("ReLU", "max(0, x)") { UsesOutput = true, IsCheap = true, Operator = new("Relu", 1) },
        new("ReLU6", "min(max(0, x), 6)") { UsesOutput = true, IsCheap = true },
        new(
            "LeakyReLU",
            "x where x is positive, else Slope x",
            new NumberDefinition("Slope", 0.01, "The slope for negative inputs.", Sign) { Attribute = ("alpha", 0.01f) })
        {
            UsesOutput = true,
            IsCheap = true,
            Operator = new("LeakyRelu", 1),
        },
        new(
            "ThresholdedReLU",
            "x where x is more than Alpha, else 0",
            new NumberDefinition("Alpha", 1, "The largest input that gives 0.", ArgumentNeed.Finite) { Attribute = ("alpha", 1) })
        {
            Note = "Konda et al., arXiv 1402.3337",
            IsCheap = true,
            Operator = new("ThresholdedRelu", 10),
        },
        new(
            "ELU",
            "x where x is positive, else Alpha (exp(x) - 1)",
            new NumberDefinition("Alpha", 1, NegativeLimit, ArgumentNeed.Finite) { Attribute = ("alpha", 1) })
        {
            Note = "Clevert et al., arXiv 1511.07289",
            Operator = new("Elu", 1),
        },
        new(
            "CELU",
            "x where x is positive, else Alpha (exp(x / Alpha) - 1)",
            new NumberDefinition("Alpha", 1, NegativeLimit, Divisor) { Attribute = ("alpha", 1) })
        {
            Note = "Barron, arXiv 1704.07483",
            Operator = new("Celu", 12),
        },
        new("SELU", "1.0507 (x where x is positive, else 1.6733 (exp(x) - 1))") { Note = "Klambauer et al., arXiv 1706.02515", Operator = new("Selu", 1) },
        new("GELU", "x times the normal distribution function of x, by erf") { Note = "Hendrycks and Gimpel, arXiv 1606.08415", Flag = new("Tanh", false) },
        new("GELU", "x times the normal distribution function of x, by tanh") { Name = "GELUTanh", Flag = new("Tanh", true) },
        new("SiLU", "x sigmoid(x)") { Note = "Also called swish" },
        new("Mish", "x tanh(softplus(x))") { Note = "Misra, arXiv 1908.08681", Operator = new("Mish", 18) },
        new("Sigmoid", "1 / (1 + exp(-x))")
        {
            Note = "Not for use before binary cross entropy, which contains it",
            UsesOutput = true,
            Operator = new("Sigmoid", 1),
        },
        new("Tanh", "tanh(x)") { UsesOutput = true, Operator = new("Tanh", 1) },
        new("Softplus", "log(1 + exp(x))") { Note = "x itself where x is more than 20, as PyTorch", Operator = new("Softplus", 1) },
        new("Softsign", "x / (1 + abs(x))") { Operator = new("Softsign", 1) },
        new(
            "HardSigmoid",
            "min(max(0, Alpha x + Beta), 1)",
            new NumberDefinition("Alpha", 1.0 / 6, "The slope.", ArgumentNeed.Finite) { Attribute = ("alpha", 0.2f) },
            new NumberDefinition("Beta", 0.5, "The value at 0.", ArgumentNeed.Finite) { Attribute = ("beta", 0.5f) })
        {
            IsCheap = true,
            Operator = new("HardSigmoid", 1),
        },
        new("HardSwish", "x min(max(0, x + 3), 6) / 6")
        {
            Note = "Howard et al., arXiv 1905.02244",
            IsCheap = true,
            Operator = new("HardSwish", 14),
        },
        new(
            "Clip",
            "min(max(Min, x), Max)",
            new NumberDefinition("Min", NoLower, "The lower limit.", Limit) { IsPositional = true },
            new NumberDefinition("Max", NoUpper, "The upper limit.", Limit) { IsPositional = true })
        {
            IsCheap = true,
        },
        new("Exp", "exp(x)") { UsesOutput = true, Operator = new("Exp", 1) },
        new("Log", "the natural logarithm of x") { Note = "Minus infinity at 0, NaN below", IsPartial = true, Operator = new("Log", 1) },
        new("Sqrt", "the square root of x") { Note = "NaN below 0; the derivative is infinite at 0", IsPartial = true, Operator = new("Sqrt", 1) },
        new("Abs", "abs(x)") { Note = "The derivative at 0 is 0", IsCheap = true, Operator = new("Abs", 1) },
        new(
            "Power",
            "x to the power of Exponent",
            new NumberDefinition("Exponent", 2, "The exponent. A negative x has a power where it is a whole number, and else gives NaN.", ArgumentNeed.Finite)
            {
                IsPositional = true,
            })
        {
            Note = "PyTorch's pow",
            IsPartial = true,
        },
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
