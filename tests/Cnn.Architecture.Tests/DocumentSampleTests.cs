using Cnn.Architecture.Tests.Support;

namespace Cnn.Architecture.Tests;

/// <summary>C# in documents compiles, with what the page says that the reader has.</summary>
public sealed class DocumentSampleTests
{
    private const string CSharp = "csharp";

    /// <summary>Pages whose samples run as programs, or give their diagnostic, in Cnn.Generator.Tests.</summary>
    private static readonly string[] TestedElsewhere = ["docs/tasks/", "docs/diagnostics/", "docs/ports.md"];

    [Fact]
    public void All_samples_compile()
    {
        SampleProgram program = new();
        int pages = 0;
        foreach (string file in Repository.Files("", "*.md").Where(static file => !TestedElsewhere.Any(file.StartsWith)))
        {
            CodeBlock[] blocks = [.. CodeBlock.In(file).Where(static block => block.Language == CSharp && !IsCompared(block))];
            if (blocks.Length == 0)
                continue;
            program.Add(blocks);
            pages++;
        }

        Assert.InRange(pages, 8, 1000);
        Nothing.In(program.Errors());
    }

    [Theory]
    [InlineData("int digit = predictor.Classify(image);", "predictor")]
    [InlineData("[Network, Input(1, 4, 4), Linear(2)]\npublic sealed partial class Net;", "CNN1006")]
    public void A_sample_that_does_not_compile_is_found(string text, string error)
    {
        SampleProgram program = new();
        program.Add([new CodeBlock("page.md", 7, CSharp, " given: float[] image ", "using Cnn;\n" + text)]);
        Assert.Contains(program.Errors(), line => line.StartsWith("page.md(8): ", StringComparison.Ordinal) && line.Contains(error, StringComparison.Ordinal));
    }

    [Fact]
    public void Parts_of_files_are_in_them() => Nothing.In(Repository.Files("", "*.md").SelectMany(CodeBlock.In)
        .Where(static block => block.Marked("from") is { } file && !Repository.Read(file).Contains(block.Text, StringComparison.Ordinal))
        .Select(static block => $"{block.File}({block.Line}): {block.Marked("from")} has no such lines"));

    private static bool IsCompared(CodeBlock block) =>
        block.Marked("from") is not null || block.Marked("excerpt") is not null || block.Marked("error") is not null;
}
