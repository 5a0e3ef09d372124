using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Cnn.Generator.Tests.Harness;

namespace Cnn.Generator.Tests.Golden;

/// <summary>
/// docs/reading-the-generated-code.md walks through the code of a network that it declares. Its excerpts name a file and the lines that they go from
/// and to; with CNN_UPDATE_GOLDEN=1 they are written anew.
/// </summary>
public sealed partial class ReadingGuideTests
{
    private static readonly string Guide = Path.Combine(RepositoryFolder.Find("docs"), "reading-the-generated-code.md");

    [Fact]
    public void Every_excerpt_of_the_guide_is_what_the_generator_writes()
    {
        string guide = File.ReadAllText(Guide).ReplaceLineEndings("\n");
        ImmutableDictionary<string, string> files = Generating.Files(Declaration().Match(guide).Groups["code"].Value);
        Assert.Equal(5, files.Count);
        string mended = Excerpt().Replace(guide, excerpt => excerpt.Groups["head"].Value + Cut(files, excerpt) + "```");
        if (RepositoryFolder.IsToBeUpdated)
            File.WriteAllText(Guide, mended, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        Assert.Equal(mended, File.ReadAllText(Guide).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Every_block_of_the_guide_is_the_declaration_or_an_excerpt()
    {
        string guide = File.ReadAllText(Guide).ReplaceLineEndings("\n");
        int excerpts = Excerpt().Count(guide);
        Assert.InRange(excerpts, 8, 20);
        Assert.Equal(1 + excerpts, guide.Split("```csharp\n").Length - 1);
    }

    /// <summary>The lines from the first that has the one text to the first from there on that has the other, without their common indentation.</summary>
    private static string Cut(ImmutableDictionary<string, string> files, Match excerpt)
    {
        string[] lines = files[excerpt.Groups["file"].Value].Split('\n');
        int first = Array.FindIndex(lines, line => line.Contains(excerpt.Groups["from"].Value, StringComparison.Ordinal));
        int last = first < 0 ? -1 : Array.FindIndex(lines, first, line => line.Contains(excerpt.Groups["to"].Value, StringComparison.Ordinal));
        Assert.True(last >= 0, $"{excerpt.Groups["file"].Value} has no lines from '{excerpt.Groups["from"].Value}' to '{excerpt.Groups["to"].Value}': "
            + "choose others in the guide.");
        string[] cut = lines[first..(last + 1)];
        int indentation = cut.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Concat(cut.Select(line => (line.Length == 0 ? "" : line[indentation..]) + "\n"));
    }

    [GeneratedRegex("<!-- declaration -->\n```csharp\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Declaration();

    [GeneratedRegex("(?<head><!-- excerpt: (?<file>\\S+), from \"(?<from>[^\"\n]+)\", to \"(?<to>[^\"\n]+)\" -->\n```csharp\n)[^`]*```",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Excerpt();
}
