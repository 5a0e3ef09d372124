using Cnn.Architecture.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Architecture.Tests;

/// <summary>Lines that fit on a screen, and files and methods that fit on one or a few.</summary>
public sealed class SourceStyleTests
{
    private const int FileLines = 400;
    private const int MethodLines = 60;
    private const int LineCharacters = 160;

    /// <summary>The declarations of the reference networks: a list of 80 classes that belongs together.</summary>
    private const string ReferenceNetworks = "tests/Cnn.Functional.Tests/Reference/Networks.cs";

    public static TheoryData<string> Folders => ["src", "samples", "tests", "benchmarks"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void No_file_has_more_than_400_lines(string folder) =>
        Nothing.In(Sources(folder)
            .Select(file => (File: file, Lines: Repository.Read(file).Count(character => character == '\n')))
            .Where(file => file.Lines > FileLines)
            .Select(file => $"{file.File} has {file.Lines} lines: split it by concept"));

    [Theory]
    [MemberData(nameof(Folders))]
    public void No_method_has_more_than_60_lines(string folder) =>
        Nothing.In(Sources(folder).SelectMany(LongMethods));

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    public void No_line_has_more_than_160_characters(string folder) =>
        Nothing.In(Repository.Files(folder, "*.cs").Where(IsWritten).SelectMany(LongLines));

    /// <summary>Expected outputs are as long as the generator writes them.</summary>
    private static bool IsWritten(string file) => !Path.GetFileName(file).Contains(".verified.", StringComparison.Ordinal);

    private static IEnumerable<string> LongLines(string file) => Repository.Read(file).Split('\n')
        .Select((line, index) => (Number: index + 1, line.TrimEnd('\r').Length))
        .Where(line => line.Length > LineCharacters)
        .Select(line => $"{file}({line.Number}): a line of {line.Length} characters; break it, or name a part of it");

    private static IEnumerable<string> Sources(string folder) => Repository.Files(folder, "*.cs").Where(file => file != ReferenceNetworks);

    private static IEnumerable<string> LongMethods(string file)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(Repository.Read(file), path: file).GetRoot();
        foreach (BaseMethodDeclarationSyntax method in root.DescendantNodes().OfType<BaseMethodDeclarationSyntax>())
        {
            FileLinePositionSpan span = method.SyntaxTree.GetLineSpan(method.Span);
            int lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
            if (lines > MethodLines)
                yield return $"{file}({span.StartLinePosition.Line + 1}): a method of {lines} lines; move a part of it into a method that says what it does";
        }
    }
}
