namespace Cnn.Definitions;

/// <summary>The mark of an output: it stands among the layers and is none, so that it is in no table of theirs.</summary>
internal static class OutputDefinition
{
    public const string Kind = "Output";

    public static LayerDefinition Value { get; } = new(
        Kind,
        "The tensor at this place is an output of the network.",
        ArgumentDefinition.Text("Name", "The port's name.").ByPlace(),
        ArgumentDefinition.Member("Layout", "How the caller's numbers lie.", "DataLayout", "ChannelsFirst"))
    {
        IsWrittenByHand = true,
    };
}
