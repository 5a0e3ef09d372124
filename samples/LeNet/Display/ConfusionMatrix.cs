using System.Globalization;
using LeNetSample.Training;
using Spectre.Console;

namespace LeNetSample.Display;

/// <summary>Shows which classes were taken for which: a row for each true class, a column for each predicted one.</summary>
internal static class ConfusionMatrix
{
    private const int CellWidth = 6;

    public static void Write(Evaluation evaluation, Terminal terminal)
    {
        terminal.Output.WriteLine("Confusion matrix (rows: truth, columns: prediction)");
        if (terminal.IsPlain)
            WritePlain(evaluation, terminal.Output);
        else
            WriteTable(evaluation);
    }

    private static void WritePlain(Evaluation evaluation, TextWriter output)
    {
        output.Write("".PadLeft(CellWidth));
        for (int predicted = 0; predicted < evaluation.Classes; predicted++)
            output.Write(Cell(predicted));
        output.WriteLine();
        for (int truth = 0; truth < evaluation.Classes; truth++)
        {
            output.Write(Cell(truth));
            for (int predicted = 0; predicted < evaluation.Classes; predicted++)
            {
                int count = evaluation.Count(truth, predicted);
                output.Write(count == 0 ? ".".PadLeft(CellWidth) : Cell(count));
            }

            output.WriteLine();
        }
    }

    private static void WriteTable(Evaluation evaluation)
    {
        Table table = new Table().Border(TableBorder.Rounded);
        table.AddColumn(new TableColumn(""));
        for (int predicted = 0; predicted < evaluation.Classes; predicted++)
            table.AddColumn(new TableColumn(Text(predicted)).RightAligned());
        for (int truth = 0; truth < evaluation.Classes; truth++)
        {
            List<Markup> cells = [new Markup($"[bold]{truth}[/]")];
            for (int predicted = 0; predicted < evaluation.Classes; predicted++)
                cells.Add(new Markup(Colour(evaluation.Count(truth, predicted), truth == predicted)));
            table.AddRow(cells);
        }

        AnsiConsole.Write(table);
    }

    private static string Colour(int count, bool right) => (count, right) switch
    {
        (0, _) => "[grey].[/]",
        (_, true) => $"[green]{Text(count)}[/]",
        _ => $"[red]{Text(count)}[/]",
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Cell(int number) => Text(number).PadLeft(CellWidth);
}
