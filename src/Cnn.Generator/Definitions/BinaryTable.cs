namespace Cnn.Definitions;

/// <summary>All operations on two tensors, element by element. A new one is an entry here and a struct in the runtime.</summary>
internal static class BinaryTable
{
    public static IReadOnlyList<BinaryDefinition> All { get; } =
    [
        new("Add", "The sum of the current tensor and a named one: y = x + other (He et al., 2016, the shortcut of a residual block).", "added")
        {
            Operator = "Add",
            Verb = "adds",
            Participle = "added",
            Forward = "a + b",
            First = "dy",
            Second = "dy",
        },
        new("Subtract", "The difference of the current tensor and a named one: y = x - other.", "subtracted")
        {
            Operator = "Sub",
            Verb = "subtracts",
            Participle = "subtracted",
            Forward = "a - b",
            First = "dy",
            Second = "-dy",
        },
        new(
            "Multiply",
            "The product of the current tensor and a named one, element by element: y = x * other (Hu et al., 2018, squeeze and excitation).",
            "the other factor")
        {
            Operator = "Mul",
            Verb = "multiplies",
            Participle = "multiplied",
            Forward = "a * b",
            First = "dy * b",
            Second = "dy * a",
            NeedsOperands = true,
        },
        new("Divide", "The quotient of the current tensor and a named one, element by element: y = x / other.", "the divisor")
        {
            Operator = "Div",
            Verb = "divides",
            Participle = "divided",
            Forward = "a / b",
            First = "dy / b",
            Second = "-dy * a / b / b",
            NeedsOperands = true,
            IsPartial = true,
        },
        new(
            "Maximum",
            "The larger of the current tensor and a named one, element by element: y = max(x, other). Where both are equal, each gets half of the gradient, "
            + "as in PyTorch.",
            "compared")
        {
            Operator = "Max",
            Verb = "compares",
            Participle = "compared",
            Forward = "max(a, b)",
            First = "dy where a > b, dy / 2 where a = b, else 0",
            Second = "dy where b > a, dy / 2 where a = b, else 0",
            NeedsOperands = true,
        },
        new(
            "Minimum",
            "The smaller of the current tensor and a named one, element by element: y = min(x, other). Where both are equal, each gets half of the gradient, "
            + "as in PyTorch.",
            "compared")
        {
            Operator = "Min",
            Verb = "compares",
            Participle = "compared",
            Forward = "min(a, b)",
            First = "dy where a < b, dy / 2 where a = b, else 0",
            Second = "dy where b < a, dy / 2 where a = b, else 0",
            NeedsOperands = true,
        },
    ];

    public static IReadOnlyList<string> Kinds { get; } = [.. All.Select(static operation => operation.Kind)];

    public static BinaryDefinition Named(string kind) => All.Single(operation => operation.Kind == kind);
}
