namespace Cnn.Definitions;

/// <summary>Layers that scale and shift by statistics or constants.</summary>
internal static class NormLayers
{
    private const string Each = "Mean and biased variance are those of one image";

    private static readonly ArgumentDefinition Epsilon = ArgumentDefinition.Real("Epsilon", "Added to the variance.", 1e-5);

    public static IReadOnlyList<LayerDefinition> All { get; } =
    [
        new(
            "BatchNorm",
            "Batch normalisation, y = weight (x - mean) / sqrt(variance + epsilon) + bias per channel (Ioffe and Szegedy, arXiv 1502.03167; PyTorch's "
            + "BatchNorm).",
            Epsilon,
            ArgumentDefinition.Real("Momentum", "The weight of the newest batch in the running statistics.", 0.1),
            Affine(true))
        {
            Remarks = """
                A Trainer normalises with the batch's mean and biased variance and moves the running statistics by
                <see cref="Momentum"/> (the running variance is the unbiased one); a training batch with one value a channel throws. A
                Predictor has no statistics any more: they are folded into the layer before, or are one scale and one shift a channel.
                Parameters: <c>weight</c>, <c>bias</c> (if <see cref="Affine"/>), <c>running_mean</c>, <c>running_var</c>, each <c>[channels]</c>.
                """,
            IsFollower = true,
        },
        new(
            "LayerNorm",
            "Layer normalisation, y = weight (x - mean) / sqrt(variance + epsilon) + bias over everything but the batch, or over the channels of each position "
            + "(Ba et al., arXiv 1607.06450; PyTorch's LayerNorm).",
            Epsilon,
            Affine(true),
            ArgumentDefinition.Flag(
                "ChannelsOnly",
                "Whether each position has a mean and a variance of its own, over its channels (Liu et al., arXiv 2201.03545).",
                false))
        {
            Remarks = $"""
                {Each}, in a Trainer and in a Predictor alike. Parameters: <c>weight</c> and <c>bias</c> (if
                <see cref="Affine"/>), each of the input's shape <c>[channels, axes...]</c>, with <see cref="ChannelsOnly"/> <c>[channels]</c>; they start as
                1 and 0.
                """,
            IsFollower = true,
        },
        new(
            "InstanceNorm",
            "Instance normalisation, y = weight (x - mean) / sqrt(variance + epsilon) + bias over the positions of each channel "
            + "(Ulyanov et al., arXiv 1607.08022; PyTorch's InstanceNorm).",
            Epsilon,
            Affine(false))
        {
            Remarks = $"""
                {Each} and channel, in a Trainer and in a Predictor alike; there are no running statistics. Parameters:
                <c>weight</c> and <c>bias</c> (if <see cref="Affine"/>), each <c>[channels]</c>; they start as 1 and 0.
                """,
            IsFollower = true,
        },
        new(
            "GroupNorm",
            "Group normalisation, y = weight (x - mean) / sqrt(variance + epsilon) + bias over groups of neighbouring channels "
            + "(Wu and He, arXiv 1803.08494; PyTorch's GroupNorm).",
            ArgumentDefinition.Integer("Groups", "The number of groups. Must divide the channels.").ByPlace(),
            Epsilon,
            Affine(true))
        {
            Remarks = $"""
                {Each} and group, in a Trainer and in a Predictor alike. Parameters: <c>weight</c> and <c>bias</c> (if
                <see cref="Affine"/>), each <c>[channels]</c>; they start as 1 and 0.
                """,
            IsFollower = true,
        },
        new(
            "LocalResponseNorm",
            "Local response normalisation, y = x / (k + alpha / size * sum of x² over neighbouring channels)^beta (Krizhevsky et al., 2012; PyTorch's "
            + "LocalResponseNorm).",
            ArgumentDefinition.Integer("Size", "Channels of a window: channel c sees those from c - size / 2 to c + (size - 1) / 2 that exist.").ByPlace(),
            ArgumentDefinition.Real("Alpha", "The factor of the mean square.", 1e-4),
            ArgumentDefinition.Real("Beta", "The exponent.", 0.75),
            ArgumentDefinition.Real("K", "The summand.", 1))
        {
            IsFollower = true,
        },
        new(
            "L2Normalize",
            "x / max(norm, epsilon), where the norm is the root of the sum of squares along an axis (PyTorch's functional.normalize).",
            ArgumentDefinition.Integer("Axis", "The axis: 1 the channels, 2 and on the positions; negative ones count from the last, -1.", 1),
            ArgumentDefinition.Real("Epsilon", "The least number that is divided by.", 1e-12))
        {
            IsFollower = true,
        },
        new(
            "Scale",
            "A learned factor a channel, and optionally a learned summand: y = weight x + bias (LayerScale in Touvron et al., arXiv 2103.17239).",
            ArgumentDefinition.Flag("Factor", "Whether there is a learned factor.", true),
            ArgumentDefinition.Flag("Bias", "Whether there is a learned summand.", false),
            ArgumentDefinition.Member("Over", "What has numbers of its own.", "ScaleOver", "Channels"),
            ArgumentDefinition.Real("Start", "What the factor starts as.", 1))
        {
            Remarks = """
                Parameters: <c>weight</c> (if <see cref="Factor"/>) and <c>bias</c> (if <see cref="Bias"/>), each <c>[channels]</c>, <c>[axes...]</c> or
                <c>[channels, axes...]</c> by <see cref="Over"/>; they start as <see cref="Start"/> and 0. A Predictor folds those of
                channels into a neighbouring layer, as it does with a <see cref="BatchNormAttribute"/>. Frozen, it holds constants.
                """,
            IsFollower = true,
            ComesBackAsOthers = true,
        },
        new(
            "Normalize",
            "(x - mean) / deviation per channel, with constants: the preparation of inputs as part of the network, so that serving cannot forget it.",
            ArgumentDefinition.Reals("Mean", "One number a channel."),
            ArgumentDefinition.Reals("Deviation", "One number a channel, not 0."))
        {
            Remarks = "Has no parameters. A Predictor folds it into the layer behind it where that is legal: a Linear, or a Conv without padding.",
            ComesBackAsOthers = true,
        },
    ];

    private static ArgumentDefinition Affine(bool otherwise) => ArgumentDefinition.Flag("Affine", "Whether weight and bias are learned.", otherwise);
}
