using System.Globalization;
using System.Text.RegularExpressions;

namespace Cnn.Tool.Importing;

/// <summary>The message of a model that cannot be expressed: every reason, those of the same kind in one line, and what can be done.</summary>
internal static partial class Refusal
{
    // Enough to see what a model needs that layers do not have.
    private const int MostLines = 100;

    // A line is more than a number of nodes only where the nodes are those of one operator.
    private const int FewestGrouped = 2;

    /// <param name="problems">At least one.</param>
    /// <param name="remedies">What can be done, a sentence each.</param>
    public static string Message(IReadOnlyList<Problem> problems, IEnumerable<string> remedies)
    {
        // Two nodes can have the same third one to blame.
        Problem[] distinct = [.. problems.Distinct()];
        string[] lines = [.. distinct.GroupBy(static problem => (Operator(problem.Source), Numbers().Replace(problem.Reason, "0")))
            .Select(static group => Line([.. group]))];
        string rest = lines.Length > MostLines ? $"\n  and {Number(lines.Length - MostLines)} more" : "";
        string count = $"{Number(distinct.Length)} {(distinct.Length == 1 ? "problem" : "problems")}";
        string kinds = lines.Length == distinct.Length ? "" : $" of {Number(lines.Length)} {(lines.Length == 1 ? "kind" : "kinds")}";
        return $"The model cannot be expressed, and nothing was written. {count}{kinds}:\n  - {string.Join("\n  - ", lines.Take(MostLines))}{rest}"
            + string.Concat(remedies.Select(static remedy => $"\n{remedy}"));
    }

    private static string Line(Problem[] group)
    {
        string name = Operator(group[0].Source);
        if (group.Length < FewestGrouped || name.Length == 0)
            return string.Join("\n  - ", group.Select(static problem => problem.ToString()));
        string reasons = group.All(problem => problem.Reason == group[0].Reason) ? "" : ", for the first";
        return $"{Number(group.Length)} {name}, first {group[0].Source[("the ".Length + name.Length + 1)..]}{reasons}: {group[0].Reason}.";
    }

    /// <summary>The operator of a node, or nothing of another source, as an input.</summary>
    private static string Operator(string source) => Node().Match(source) is { Success: true } match ? match.Groups["operator"].Value : "";

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    [GeneratedRegex("^the (?<operator>[^ ]+) ('|that makes )", RegexOptions.CultureInvariant)]
    private static partial Regex Node();

    [GeneratedRegex(@"[0-9]+(\.[0-9]+)?|'[^']*'", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}
