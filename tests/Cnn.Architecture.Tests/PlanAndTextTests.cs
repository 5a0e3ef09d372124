using System.Text.RegularExpressions;
using Cnn.Architecture.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Architecture.Tests;

/// <summary>Planning decides and writes no C#; Emission writes and decides nothing.</summary>
public sealed partial class PlanAndTextTests
{
    private const string Planning = "src/Cnn.Generator/Planning";
    private const string Emission = "src/Cnn.Generator/Emission";

    private static readonly string[] Choosers = ["TileChooser", "Panels", "ReferenceCore", "ConvolutionAlgorithms", "LaneSections",
        "NodeFusion", "Meetings", "ArenaPlanner"];

    [Fact]
    public void Planning_holds_no_text_of_C_sharp() => Nothing.In(Literals(Planning).Where(static literal => CSharp().IsMatch(literal.Text)).Select(Line));

    [Fact]
    public void Text_of_C_sharp_would_be_found() => Assert.Contains(Literals(Emission), static literal => CSharp().IsMatch(literal.Text));

    [Fact]
    public void Emission_names_nothing_that_chooses() => Nothing.In(
        from file in Repository.Files(Emission, "*.cs")
        from name in Root(file).DescendantNodes().OfType<SimpleNameSyntax>()
        where Choosers.Contains(name.Identifier.Text)
            || (name.Identifier.Text is "Narrow" or "Wide" or "Row"
                && name.Parent is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "KernelText" } })
        select $"{file} names {name.Identifier.Text}, which belongs into the plan");

    [Fact]
    public void Every_chooser_is_one_of_Planning()
    {
        HashSet<string> declared = [.. Repository.Files(Planning, "*.cs")
            .SelectMany(static file => Root(file).DescendantNodes().OfType<BaseTypeDeclarationSyntax>()).Select(static type => type.Identifier.Text)];
        Assert.Empty(Choosers.Except(declared));
    }

    private static IEnumerable<(string File, int Line, string Text)> Literals(string folder) =>
        from file in Repository.Files(folder, "*.cs")
        from token in Root(file).DescendantTokens()
        where token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.InterpolatedStringTextToken)
        select (file, token.GetLocation().GetLineSpan().StartLinePosition.Line + 1, token.Text);

    private static string Line((string File, int Line, string Text) literal) =>
        $"{literal.File}({literal.Line}): {literal.Text} is C#; a plan holds what is meant, and Emission writes it";

    private static SyntaxNode Root(string file) => CSharpSyntaxTree.ParseText(Repository.Read(file), path: file).GetRoot();

    /// <summary>References, calls, aliases, declarations and templates.</summary>
    [GeneratedRegex(@"\bref |\w\(ref|::|;$|\bnew \w+\(|\b(int|bool|ulong|float) \w+$|\{\w+\}|Unsafe|MemoryMarshal")]
    private static partial Regex CSharp();
}
