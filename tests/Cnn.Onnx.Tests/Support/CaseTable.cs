using System.Globalization;
using Cnn.Generator.Tests.Harness;

namespace Cnn.Onnx.Tests.Support;

/// <summary>The rows of docs/onnx.md, one a case. <c>CNN_UPDATE_GOLDEN=1</c> writes those that differ.</summary>
internal static class CaseTable
{
    private static readonly Lock Access = new();

    private static readonly string FilePath = Path.Combine(RepositoryFolder.Find("docs"), "onnx.md");

    /// <summary>The cases that have a row, in the order of the rows.</summary>
    public static IReadOnlyList<string> Cases => [.. File.ReadAllLines(FilePath).Where(IsRow).Select(NameOf)];

    /// <summary>Holds that the documented row of a case is what came of it.</summary>
    public static void Check(CaseResult result)
    {
        lock (Access)
        {
            string row = Row(result);
            List<string> lines = [.. File.ReadAllLines(FilePath)];
            int index = lines.FindIndex(line => IsRow(line) && NameOf(line) == result.Case.Name);
            if (RepositoryFolder.IsToBeUpdated)
            {
                if (index < 0)
                    lines.Add(row);
                else
                    lines[index] = row;
                File.WriteAllText(FilePath, string.Join('\n', lines) + "\n");
                return;
            }

            Assert.True(index >= 0, $"docs/onnx.md has no row for {result.Case.Name}: set CNN_UPDATE_GOLDEN=1 and run the tests.");
            Assert.Equal(row, lines[index]);
        }
    }

    private static string Row(CaseResult result) => result.Refusal is { } refusal
        ? $"| `{result.Case.Name}` | refused | | {Reason(refusal)} |"
        : $"| `{result.Case.Name}` | {Number(result.Errors.Max(error => error.UlpOfLargest))} | {Number(result.LargestUlp)} | |";

    /// <summary>A message starts with a line that says how many problems there are, and has one a line then, each with its remedy behind a semicolon.</summary>
    private static string Reason(string refusal) =>
        string.Join("; ", refusal.Split("\n  - ").Skip(1).Select(problem => problem.Split("; ")[0].TrimEnd('.')));

    private static string Number(double value) => Math.Ceiling(value).ToString("0", CultureInfo.InvariantCulture);

    private static bool IsRow(string line) => line.StartsWith("| `", StringComparison.Ordinal);

    private static string NameOf(string row) => row.Split('`')[1];
}
