using System.Globalization;
using Cnn.Training;
using Spectre.Console;

namespace LeNetSample.Display;

/// <summary>Shows which classes were taken for which: a row for each true class, a column for each predicted one.</summary>
internal static class ConfusionTable
{
    private const int CellWidth = 6;

    public static void Write(ConfusionMatrix matrix, Terminal terminal)
    {
        terminal.Output.WriteLine("Confusion matrix (rows: truth, columns: prediction)");
        if (terminal.IsPlain)
            WritePlain(matrix, terminal.Output);
        else
            WriteTable(matrix);
    }

    private static void WritePlain(ConfusionMatrix matrix, TextWriter output)
    {
        output.Write("".PadLeft(CellWidth));
        for (int predicted = 0; predicted < matrix.Classes; predicted++)
            output.Write(Cell(predicted));
        output.WriteLine();
        for (int truth = 0; truth < matrix.Classes; truth++)
        {
            output.Write(Cell(truth));
            for (int predicted = 0; predicted < matrix.Classes; predicted++)
            {
                long count = matrix[truth, predicted];
                output.Write(count == 0 ? ".".PadLeft(CellWidth) : Cell(count));
            }

            output.WriteLine();
        }
    }

    private static void WriteTable(ConfusionMatrix matrix)
    {
        Table table = new Table().Border(TableBorder.Rounded);
        table.AddColumn(new TableColumn(""));
        for (int predicted = 0; predicted < matrix.Classes; predicted++)
            table.AddColumn(new TableColumn(Text(predicted)).RightAligned());
        for (int truth = 0; truth < matrix.Classes; truth++)
        {
            List<Markup> cells = [new Markup($"[bold]{truth}[/]")];
            for (int predicted = 0; predicted < matrix.Classes; predicted++)
                cells.Add(new Markup(Colour(matrix[truth, predicted], truth == predicted)));
            table.AddRow(cells);
        }

        AnsiConsole.Write(table);
    }

    private static string Colour(long count, bool right) => (count, right) switch
    {
        (0, _) => "[grey].[/]",
        (_, true) => $"[green]{Text(count)}[/]",
        _ => $"[red]{Text(count)}[/]",
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Cell(long number) => Text(number).PadLeft(CellWidth);
}
