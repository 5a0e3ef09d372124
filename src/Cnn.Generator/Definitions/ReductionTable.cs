namespace Cnn.Definitions;

/// <summary>All reductions over axes. A new one is an entry here and a struct in the runtime.</summary>
internal static class ReductionTable
{
    private const string Ties = "Those that are equal to it share the gradient";

    public static IReadOnlyList<ReductionDefinition> All { get; } =
    [
        new("ReduceMean", "The mean over some axes (PyTorch's mean).", "Mean") { Gradient = "dy / count" },
        new("ReduceSum", "The sum over some axes (PyTorch's sum).", "Sum") { Gradient = "dy" },
        new("ReduceMax", $"The largest element over some axes. {Ties} (PyTorch's amax).", "Max")
        {
            Gradient = "dy / number of largest elements, where x is one",
            NeedsValues = true,
        },
        new("ReduceMin", $"The smallest element over some axes. {Ties} (PyTorch's amin).", "Min")
        {
            Gradient = "dy / number of smallest elements, where x is one",
            NeedsValues = true,
        },
        new("ReduceL2", "The root of the sum of squares over some axes (PyTorch's linalg.vector_norm).", "L2")
        {
            Gradient = "dy * x / y, 0 where y is",
            NeedsValues = true,
        },
    ];

    public static IReadOnlyList<string> Kinds { get; } = [.. All.Select(static reduction => reduction.Kind)];

    public static ReductionDefinition Named(string kind) => All.Single(reduction => reduction.Kind == kind);
}
