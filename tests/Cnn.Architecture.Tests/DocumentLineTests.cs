using Cnn.Architecture.Tests.Support;

namespace Cnn.Architecture.Tests;

/// <summary>Documents are read in narrow windows too.</summary>
public sealed class DocumentLineTests
{
    private const int LineCharacters = 160;
    private const int ReadmeLines = 120;

    /// <summary>Excerpts of generated code have the lines that the generator writes.</summary>
    [Fact]
    public void No_line_of_a_document_has_more_than_160_characters() => Nothing.In(Repository.Files("", "*.md").SelectMany(LongLines));

    [Fact]
    public void The_readme_has_at_most_120_lines() => Assert.InRange(Repository.Read("README.md").Split('\n').Length - 1, 1, ReadmeLines);

    [Fact]
    public void Excerpts_are_told_from_what_is_written() => Assert.Contains(
        CodeBlock.In("docs/reading-the-generated-code.md"),
        static block => block.Marked("excerpt") is not null && block.Text.Split('\n').Any(static line => line.Length > LineCharacters));

    private static IEnumerable<string> LongLines(string file)
    {
        HashSet<int> excerpts = [.. CodeBlock.In(file).Where(static block => block.Marked("excerpt") is not null)
            .SelectMany(static block => Enumerable.Range(block.Line, block.Text.Count(static character => character == '\n')))];
        return Repository.Read(file).Split('\n').Select(static (line, index) => (Text: line, Number: index + 1))
            .Where(line => line.Text.Length > LineCharacters && !excerpts.Contains(line.Number))
            .Select(line => $"{file}({line.Number}): a line of {line.Text.Length} characters; break it, or make the table a list");
    }
}
