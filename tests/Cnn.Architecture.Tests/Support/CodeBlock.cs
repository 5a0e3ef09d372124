using System.Text.RegularExpressions;

namespace Cnn.Architecture.Tests.Support;

/// <summary>A block of code of a document.</summary>
/// <param name="File">From the root of the repository.</param>
/// <param name="Line">Of its first line of code, from 1.</param>
/// <param name="Language">What stands behind the fence: <c>csharp</c>, <c>sh</c>, <c>text</c>; empty where nothing does.</param>
/// <param name="Mark">The comment right before it, which readers do not see; empty without one.</param>
/// <param name="Text">The code, without the fences.</param>
/// <remarks>
/// Marks of C#: <c>given:</c> has variables that the reader has, as parameters; <c>with:</c> a declaration that the page does not repeat; <c>weights:</c> a
/// network with weights in the project; <c>from:</c> the file that the block is a part of; <c>excerpt:</c> and <c>error:</c> are compared with what the
/// generator writes and says.
/// </remarks>
internal sealed partial record CodeBlock(string File, int Line, string Language, string Mark, string Text)
{
    public static IEnumerable<CodeBlock> In(string file)
    {
        string page = Repository.Read(file);
        foreach (Match match in Fenced().Matches(page))
        {
            Group code = match.Groups["code"];
            yield return new CodeBlock(
                file, page.AsSpan(0, code.Index).Count('\n') + 1, match.Groups["language"].Value.Trim(), match.Groups["mark"].Value, code.Value);
        }
    }

    /// <summary>What a mark says behind a key; null without the key.</summary>
    public string? Marked(string key)
    {
        string? said = Mark.Split('\n').Select(static line => line.Trim()).FirstOrDefault(line => line.StartsWith(key + ":", StringComparison.Ordinal));
        return said?[(key.Length + 1)..].Trim();
    }

    [GeneratedRegex(@"(?:<!--(?<mark>(?:(?!-->).)*)-->\n)?^ *```(?<language>[^\n`]*)\n(?<code>.*?)^ *```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fenced();
}
