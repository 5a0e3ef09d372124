using System.Globalization;
using System.Text;

namespace Cnn;

/// <summary>Prints a network's summary.</summary>
internal static class SummaryTable
{
    private const int FirstNumberColumn = 3;
    private const string Gap = "  ";

    private static readonly string[] Headings = ["layer", "kind", "output", "parameters", "multiply-adds", "receptive field", "activation bytes"];

    public static string Print(NetworkSummary summary)
    {
        List<string[]> rows = [Headings];
        foreach (LayerSummary layer in summary.Layers)
        {
            rows.Add(
            [
                layer.Name, layer.Kind, Crosses(layer.OutputShape), Number(layer.Parameters), Number(layer.MultiplyAdds),
                Crosses(layer.ReceptiveField), Number(layer.ActivationBytes),
            ]);
        }

        rows.Add(["total", "", "", Number(summary.Parameters), Number(summary.MultiplyAdds), "", Number(summary.ActivationBytes)]);
        int[] widths = [.. Enumerable.Range(0, Headings.Length).Select(column => rows.Max(row => row[column].Length))];
        string rule = string.Join(Gap, widths.Select(width => new string('-', width)));

        var text = new StringBuilder();
        AppendLine(text, $"{summary.Name}: {Ports(summary.Inputs)} -> {Ports(summary.Outputs)}");
        for (int row = 0; row < rows.Count; row++)
        {
            AppendLine(text, Line(rows[row], widths));
            bool hasRuleBelow = row == 0 || row == rows.Count - 2;
            if (hasRuleBelow)
                AppendLine(text, rule);
        }

        return text.ToString();
    }

    /// <summary>A lone port needs no name.</summary>
    private static string Ports(IReadOnlyList<Port> ports) =>
        ports is [{ Layout: DataLayout.ChannelsFirst } port] ? Crosses(port.Shape) : string.Join(", ", ports);

    private static string Line(string[] cells, int[] widths)
        => string.Join(Gap, cells.Select((cell, column) => column < FirstNumberColumn ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])));

    // Not Environment.NewLine: the same network prints the same text everywhere.
    private static void AppendLine(StringBuilder text, string line) => text.Append(line.TrimEnd()).Append('\n');

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Crosses(IReadOnlyList<int> shape) => ShapeFormat.Crosses([.. shape]);
}
