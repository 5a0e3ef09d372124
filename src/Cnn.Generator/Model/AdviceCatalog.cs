namespace Cnn.Generator.Model;

/// <summary>What is said about sound networks: advice, and what a layer makes of its input.</summary>
internal static class AdviceCatalog
{
    public static IReadOnlyList<FaultDescription> All { get; } =
    [
        Warning(FaultIds.MergeableLayers, "Two linear layers that one could replace",
            "{0} follows {1} without a nonlinearity in between, so that one {2} with {3} parameters computes what the two do with {4}; "
            + "put an activation such as [ReLU] between them, or leave one of them out"),
        Warning(FaultIds.UnusedName, "Name is not used",
            "No layer takes the output named '{0}', and {1} has no parameters that would be called after it; remove the name, or use it in a later layer"),
        Warning(FaultIds.WindowsLeaveGaps, "Windows leave gaps",
            "The windows of {0} reach {1} of every {2} elements of the {3}, because {4}; use a stride of at most {5}, or a larger kernel"),
        Information(FaultIds.RedundantBias, "Bias before a normalisation",
            "The bias of {0}, {1}, changes nothing, because {2} subtracts the mean of each channel from it; set Bias = false"),
        Information(FaultIds.UnreachedEdge, "No window reaches the end of the input",
            "No window of {0} reaches the last {1} of the {2} elements of the {3}, because {4} leaves a remainder of {5}; "
            + "{6} or another size before it reaches them"),
        Information(FaultIds.SmallReceptiveField, "Receptive field does not cover the input",
            "An element of the last map, {0} of {1}, sees {2} of the input {3}, so that larger patterns are left to what comes behind it; "
            + "more layers, strides or dilation before it widen its view"),
        Warning(FaultIds.UnusedOutput, "Output of a layer is not used",
            "No layer takes the output of {0}, so that it is computed for nothing, because {1}; remove the layer, or name it and use the name"),
        Warning(FaultIds.DoubledActivation, "Output activation that the loss applies itself",
            "{0} ends in {1}, which Loss.{2} contains already, so that it would be applied twice; "
            + "remove the layer, and apply it to the predictor's outputs where you need it"),
        Warning(FaultIds.NeverDisposed, "Trainer or predictor is never disposed",
            "The {0} that {1} makes is never disposed, but keeps its memory and its worker threads until it is; declare it with 'using', or call Dispose"),
        Warning(FaultIds.OutputTwice, "Tensor is an output twice",
            "'{0}' is the same tensor as the output '{1}', so that every call copies it twice; remove one of the two"),
        new FaultDescription
        {
            Id = FaultIds.LayerHint,
            Title = "Shape and cost of a layer",
            Format = "{0}: {1}, {2} parameters, {3} multiply-adds, receptive field {4}",
            Severity = FaultSeverity.Information,
            IsEnabledByDefault = false,
        },
    ];

    private static FaultDescription Warning(string id, string title, string format) =>
        new() { Id = id, Title = title, Format = format, Severity = FaultSeverity.Warning };

    private static FaultDescription Information(string id, string title, string format) =>
        new() { Id = id, Title = title, Format = format, Severity = FaultSeverity.Information };
}
