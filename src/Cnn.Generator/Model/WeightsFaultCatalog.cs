namespace Cnn.Generator.Model;

/// <summary>The faults of weights files that a project puts into its assembly.</summary>
internal static class WeightsFaultCatalog
{
    public static IEnumerable<FaultDescription> All { get; } =
    [
        Describe(FaultIds.WeightMissing, "Tensor is missing from a weights file",
            "{0} needs the tensor '{1}' of the shape {2}, but {3} has none of that name{4}; "
            + "save the weights of this declaration, or name the layer as the file does"),
        Describe(FaultIds.WeightUnexpected, "Tensor of a weights file belongs to no layer",
            "{0} has the tensor '{1}' of the shape {2}, but {3}; save the weights of this declaration, or declare the layer that the tensor belongs to"),
        Describe(FaultIds.WeightShape, "Tensor of a weights file has another shape",
            "'{1}' of {0} has the shape {2} in {3}, but needs {4}; {5}"),
        Describe(FaultIds.WeightType, "Tensor of a weights file has no real numbers",
            "'{1}' of {0} is of type {2} in {3}, but needs real numbers; save it as F32, F64, F16 or BF16"),
        Describe(FaultIds.WeightNotFinite, "Tensor of a weights file has values that are not finite",
            "'{1}' of {0} has values in {3} that are not finite ({2}), but needs finite ones, because outputs would not be finite either; "
            + "take weights from before the training diverged"),
        Describe(FaultIds.WeightCutOff, "Tensor of a weights file is cut off",
            "'{1}' of {0} is cut off in {3}, which has {2}; take a whole copy of the file, or save it anew"),
        Describe(FaultIds.WeightsUnreadable, "Weights file cannot be used",
            "The weights of {0} cannot be taken from {1}: {2}"),
        Describe(FaultIds.WeightsWithoutNetwork, "Weights file for no network",
            "<CnnWeights> gives {0} to the network '{1}', but {2}; let Network name one class with [Network], "
            + "with its namespace where others are called so too"),
    ];

    private static FaultDescription Describe(string id, string title, string format) => new() { Id = id, Title = title, Format = format };
}
