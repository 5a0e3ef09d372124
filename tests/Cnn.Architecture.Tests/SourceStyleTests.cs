using Cnn.Architecture.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Architecture.Tests;

/// <summary>Files and methods that fit on a screen or a few.</summary>
public sealed class SourceStyleTests
{
    private const int FileLines = 400;
    private const int MethodLines = 60;

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
