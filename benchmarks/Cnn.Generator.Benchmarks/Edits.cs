namespace Cnn.Generator.Benchmarks;

/// <summary>What somebody types, as a change of a file's text.</summary>
/// <param name="File">0 is the network's file, 1 the other.</param>
/// <param name="Change">From the original text and a number to the text after that edit.</param>
internal sealed record Edits(int File, Func<string, int, string> Change)
{
    public static Edits OtherFile { get; } = new(1, static (text, i) => text.Replace("41", $"{i + 100}", StringComparison.Ordinal));

    public static Edits Comment { get; } = new(0, static (text, i) => $"// {i}\n{text}");

    public static Edits Argument { get; } = new(0, static (text, i) => text.Replace("Linear(500)", $"Linear({400 + i})", StringComparison.Ordinal));
}
