namespace Cnn.Tool.Writing.Blocks;

/// <summary>A <c>const int</c> of a block.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Marker">The attribute before it, <c>FirstOnly</c> or <c>InputChannels</c>, or empty.</param>
/// <param name="Values">One a segment.</param>
internal sealed record BlockConstant(string Name, string Marker, int[] Values)
{
    public const string FirstOnly = "FirstOnly";
    public const string InputChannels = "InputChannels";

    /// <summary>What repetitions behind the first have where <see cref="Marker"/> is FirstOnly; else what the first use has.</summary>
    public int Default => Marker == FirstOnly ? 1 : Values[0];

    /// <summary>As a member of the block's class.</summary>
    public string Declaration => $"{(Marker.Length > 0 ? $"[{Marker}] " : "")}public const int {Name} = {Importing.Literal.Of(Default)};";
}
