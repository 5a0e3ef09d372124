using System.Text.RegularExpressions;
using Cnn.Architecture.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Architecture.Tests;

/// <summary>Messages that count: one thread is not "1 threads".</summary>
public sealed partial class CountTests
{
    /// <summary>The libraries that a program runs with.</summary>
    private static readonly string[] Folders = ["src/Cnn.Runtime", "src/Cnn.Training", "src/Cnn.Plots", "src/Cnn.Imaging", "src/Cnn.Serving"];

    [Fact]
    public void A_number_before_a_noun_decides_its_form() => Nothing.In(Folders
        .SelectMany(folder => Repository.Files(folder, "*.cs"))
        .SelectMany(file => Found(Parse(Repository.Read(file), file))));

    [Theory]
    [InlineData("$\"{n} threads\"", true)]
    [InlineData("$\"{n:N0} threads and more\"", true)]
    [InlineData("$\"{CountFormat.Of(n, \"thread\")} and more\"", false)]
    [InlineData("$\"{k} of {n} bytes\"", false)]
    [InlineData("$\"{name} is missing\"", false)]
    [InlineData("$\"{name} has too few\"", false)]
    [InlineData("$\"{(n == 1 ? \"1 thread\" : n + \" threads\")} run\"", false)]
    public void A_noun_that_is_always_several_is_found(string text, bool isFound) => Assert.Equal(isFound, Found(Parse($"_ = {text};", "")).Any());

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, path: path);

    private static IEnumerable<string> Found(SyntaxTree tree)
    {
        foreach (InterpolatedStringExpressionSyntax text in tree.GetRoot().DescendantNodes().OfType<InterpolatedStringExpressionSyntax>())
        {
            for (int part = 0; part < text.Contents.Count - 1; part++)
            {
                // "3 of 1 bytes" is how a part of a whole is said, and neither a limit nor the end of a range is 1.
                bool isPartOf = part > 0 && PartOf().IsMatch(text.Contents[part - 1].ToString());
                if (text.Contents[part] is InterpolationSyntax hole && !isPartOf && !Limit().IsMatch(hole.Expression.ToString())
                    && PluralNoun().Match(text.Contents[part + 1].ToString()) is { Success: true } noun)
                    yield return $"{tree.FilePath}({tree.GetLineSpan(text.Span).StartLinePosition.Line + 1}): "
                        + $"{text.Contents[part]}{noun.Value} is wrong for 1; "
                        + "use CountFormat.Of, or a sentence without the number before the noun";
            }
        }
    }

    [GeneratedRegex("( of (the |its )?|1 to )$")]
    private static partial Regex PartOf();

    [GeneratedRegex("^(Array\\.|most$|Most|Largest|Longest)")]
    private static partial Regex Limit();

    /// <summary>What the product counts, with an adjective or without.</summary>
    [GeneratedRegex(
        @"^ (?!(?:has|compares|and|in|of) )(?:[a-z]+ )?"
        + @"(threads|images|epochs|steps|classes|layers|tensors|floats|bytes|channels|outputs|inputs|labels|means|deviations|names|values|numbers|integers|"
        + @"files|workers|parameters|batches|passes|maps|positions|pixels|elements|axes|updates|digits|letters|records|lines|rows|columns|offsets)(?!/)\b")]
    private static partial Regex PluralNoun();
}
