namespace Cnn.Generator.Model;

/// <summary>What can be wrong with layers that move elements.</summary>
internal static class MovementFaultCatalog
{
    public static IReadOnlyList<FaultDescription> All { get; } =
    [
        Error(FaultIds.NoPermutation, "Order of axes is no permutation",
            "The order of {0} {3}, but must have each of the axes 1 to {2} of its input {1} once, because every element goes to one place; "
            + "axis {4} is missing"),
        Error(FaultIds.ElementsDoNotFit, "Reshape does not keep the elements",
            "{0} makes {1} of its input {2}, which has {3} elements, but {4}, and a reshape keeps all elements and adds none; "
            + "change a length, or make one -1, which then follows from the others"),
        Error(FaultIds.EmptySlice, "Slice takes nothing",
            "{0} takes the elements {1}, {2}, of the {3} along axis {4} of its input {5}, which are none, but a tensor has no empty axis; {6}"),
        Error(FaultIds.FactorDoesNotDivide, "Factor does not divide the tensor",
            "{0} takes {1} together, but its input {2} has {4} along the {3}, which leaves a rest; {5}"),
        Error(FaultIds.TooManyAxes, "Tensor has too many axes for a layer",
            "{0} works on 1 to 3 axes after the channels, but {1} gives {2}, which has {3}; make fewer of them before it by [Reshape] or [Slice]"),
    ];

    private static FaultDescription Error(string id, string title, string format) => new() { Id = id, Title = title, Format = format };
}
