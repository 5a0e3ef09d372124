namespace Cnn.Plots;

/// <summary>What to look at in the activations of a layer, by the name that it has unless the declaration gives it another.</summary>
internal static class ActivationHints
{
    private static readonly Dictionary<string, string> ByKind = new(StringComparer.Ordinal)
    {
        ["conv"] = "bright where a kernel's pattern is",
        ["relu"] = "what is negative is cut off",
        ["maxpool"] = "the largest of each window",
        ["avgpool"] = "the mean of each window",
        ["batchnorm"] = "the same, at a common scale",
        ["flatten"] = "the maps, one after the other",
        ["linear"] = "weighted sums of all numbers before",
    };

    /// <summary>With a comma before it; empty where there is nothing to say.</summary>
    /// <param name="layer">The layer's name.</param>
    /// <param name="isFirst">Whether nothing was drawn before, so that colours are to be explained.</param>
    public static string Of(string layer, bool isFirst) => isFirst
        ? ", from dark, the least number of a layer, to bright, its largest"
        : ByKind.TryGetValue(layer.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'), out string? hint) ? ", " + hint : "";
}
