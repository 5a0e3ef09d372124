using Cnn.Tool.Importing;

namespace Cnn.Tool.Writing.Blocks;

/// <summary>What blocks are called: as the papers that introduced them do where they look like theirs, else after their layers.</summary>
internal static class BlockNames
{
    private const int MostKinds = 4;

    public static string Of(Block block)
    {
        IReadOnlyList<Layer> layers = block.Layers;
        Layer[] convolutions = [.. layers.Where(layer => layer.Kind == "Conv")];
        bool isDeep = convolutions.Any(layer => layer.Options.Any(option => option.Name == "Groups"));
        if (layers.Any(layer => layer.Kind == "Residual"))
        {
            return convolutions.Length switch
            {
                2 when !isDeep => "BasicBlock",
                3 when convolutions[0].Arguments is [_, "1"] && convolutions[2].Arguments is [_, "1"] =>
                    isDeep && layers[^1].Kind == "Residual" ? "InvertedResidual" : "Bottleneck",
                _ => "ResidualBlock",
            };
        }

        if (layers[^1] is { Kind: "Concat" } concat)
        {
            return concat.Inputs.Contains(block.Input) ? "DenseLayer"
                : concat.Inputs.Count > 2 ? "Inception"
                : convolutions.Length == 3 && convolutions[0].Arguments is [_, "1"] ? "Fire"
                : "Branches";
        }

        bool isChain = layers.All(layer => layer.Inputs.Count == 1);
        return isChain && convolutions.Length == 2 && isDeep ? "SeparableConv"
            : isChain && layers.Count <= MostKinds ? string.Concat(layers.Select(layer => layer.Kind))
            : isChain && convolutions.Length == 2 ? "DoubleConv"
            : "Module";
    }
}
