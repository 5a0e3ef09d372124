using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace Cnn.Generator.Tests.Harness;

/// <summary>A source in which <c>{|CNN1003:7|}</c> marks where a diagnostic is expected.</summary>
internal sealed partial record Markup(string Source, IReadOnlyList<(string Id, TextSpan Span)> Expected)
{
    public static Markup Parse(string text)
    {
        StringBuilder source = new();
        List<(string, TextSpan)> expected = [];
        int position = 0;
        foreach (Match match in Marked().Matches(text))
        {
            source.Append(text, position, match.Index - position);
            string inner = match.Groups["text"].Value;
            expected.Add((match.Groups["id"].Value, new TextSpan(source.Length, inner.Length)));
            source.Append(inner);
            position = match.Index + match.Length;
        }

        source.Append(text, position, text.Length - position);
        return new Markup(source.ToString(), expected);
    }

    [GeneratedRegex(@"\{\|(?<id>CNN\d{4}):(?<text>.*?)\|\}", RegexOptions.Singleline)]
    private static partial Regex Marked();
}
