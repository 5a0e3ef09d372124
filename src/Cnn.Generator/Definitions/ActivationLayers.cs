namespace Cnn.Definitions;

/// <summary>Element-wise activations as layers.</summary>
internal static class ActivationLayers
{
    private static readonly ArgumentDefinition SoftmaxAxis =
        ArgumentDefinition.Integer("Axis", "The axis over which the outputs sum up to 1: " + MovementLayers.AxisMeaning, 1);

    public static IReadOnlyList<LayerDefinition> All { get; } =
    [
        .. ActivationTable.Kinds.Select(static kind => Of(kind, [.. ActivationTable.OfKind(kind)])),
        new(
            "PReLU",
            "x where x is positive, else slope * x with a learned slope (He et al., arXiv 1502.01852; PyTorch's PReLU).",
            ArgumentDefinition.Flag("PerChannel", "Whether each channel has a slope of its own.", false))
        {
            Remarks = "Parameter: <c>weight</c>, <c>[1]</c> or <c>[channels]</c>, which starts as 0.25.",
            IsFollower = true,
        },
        new("Softmax", "exp(x) / sum of exp over the channels or another axis. Not for use before cross entropy, which contains it.", SoftmaxAxis)
        {
            IsFollower = true,
        },
        new("LogSoftmax", "The logarithm of <see cref=\"SoftmaxAttribute\"/>, computed without overflow.", SoftmaxAxis) { IsFollower = true },
    ];

    /// <param name="kind">The attribute.</param>
    /// <param name="functions">Those that share it.</param>
    private static LayerDefinition Of(string kind, ActivationDefinition[] functions)
    {
        ActivationDefinition first = functions[0];
        IEnumerable<ArgumentDefinition> numbers = first.Numbers.Select(static number => Of(number));
        IEnumerable<ArgumentDefinition> flags = functions.Where(static function => function.Flag is { Value: true })
            .Select(static function => ArgumentDefinition.Flag(function.Flag!.Name, $"Whether it is {Xml(function.Formula)}.", false));
        return new(kind, Xml(first.Formula + (first.Note is null ? "" : ". " + first.Note)) + ".", [.. numbers, .. flags]) { IsFollower = true };
    }

    private static ArgumentDefinition Of(NumberDefinition number) => ArgumentDefinition.Real(number.Name, Xml(number.Meaning), number.Default) with
    {
        Place = number.IsPositional ? ArgumentPlace.Either : ArgumentPlace.Property,
    };

    private static string Xml(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
