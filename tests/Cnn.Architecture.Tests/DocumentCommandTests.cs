using System.Text.RegularExpressions;
using System.Xml.Linq;
using Cnn.Architecture.Tests.Support;

namespace Cnn.Architecture.Tests;

/// <summary>Commands in documents exist, with their options; .ci/run runs those of the README.</summary>
public sealed partial class DocumentCommandTests
{
    private const string Shell = "sh";

    /// <summary>Of C#, <c>csharp library</c> and <c>text weights</c> belong to pages of diagnostics.</summary>
    private static readonly string[] Languages = ["csharp", "csharp library", Shell, "text", "text weights", "xml", "python", "ini", "json", "yaml"];

    [Fact]
    public void Every_block_says_its_language() => Nothing.In(Blocks()
        .Where(static block => !Languages.Contains(block.Language)).Select(static block => $"{block.File}({block.Line}): '{block.Language}' is no language"));

    [Fact]
    public void Every_command_is_one()
    {
        int lines = 0;
        List<string> faults = [];
        foreach (CodeBlock block in Blocks().Where(static block => block.Language == Shell))
        {
            HashSet<string> made = [];
            foreach (string line in block.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                lines++;
                faults.AddRange(DocumentCommand.Faults(line, made).Select(fault => $"{block.File}({block.Line}): {line}: {fault}"));
            }
        }

        Assert.InRange(lines, 20, 10_000);
        Nothing.In(faults);
    }

    [Fact]
    public void Every_mention_of_the_tool_names_a_command_and_its_options() => Nothing.In(Repository.Files("", "*.md")
        .SelectMany(static file => Mention().Matches(Repository.Read(file))
            .SelectMany(match => DocumentCommand.MentionFaults(match.Groups[1].Value).Select(fault => $"{file}: {match.Value}: {fault}"))));

    [Theory]
    [InlineData("cnn verify Net.cs --input a.npy --expected b.npy --storage int8", 0)]
    [InlineData("cnn verify Net.cs --input a.npy --expected b.npy --storrage int8", 2)]
    [InlineData("cnn imprt model.onnx", 3)]
    [InlineData("dotnet run -c Release --project samples/LeNet -- --plot FOLDER   # draws", 0)]
    [InlineData("dotnet run -c Release --project samples/LeNet -- --plott FOLDER", 1)]
    [InlineData("dotnet run --project samples/LeNets", 1)]
    [InlineData("dotnet add package Cnn.Trainings", 1)]
    [InlineData("dotnet test tests/Cnn.Nothing.Tests", 1)]
    public void A_wrong_command_would_be_found(string line, int faults) => Assert.Equal(faults, DocumentCommand.Faults(line, new HashSet<string>()).Count());

    [Fact]
    public void Every_block_of_xml_is_well_formed() => Nothing.In(Blocks().Where(static block => block.Language == "xml")
        .Select(static block => (Block: block, Fault: Record.Exception(() => XElement.Parse($"<all>{block.Text}</all>"))))
        .Where(static parsed => parsed.Fault is not null)
        .Select(static parsed => $"{parsed.Block.File}({parsed.Block.Line}): {parsed.Fault!.Message}"));

    private static IEnumerable<CodeBlock> Blocks() => Repository.Files("", "*.md").SelectMany(CodeBlock.In);

    [GeneratedRegex("`(cnn [a-z][^`\n]*)`")]
    private static partial Regex Mention();
}
