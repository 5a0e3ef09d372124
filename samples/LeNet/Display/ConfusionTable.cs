using System.Globalization;
using Cnn.Training;
using Spectre.Console;
using Spectre.Console.Rendering;

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
            table.AddColumn(new TableColumn(Number(predicted)).RightAligned());
        for (int truth = 0; truth < matrix.Classes; truth++)
        {
            List<IRenderable> cells = [new Markup($"[bold]{truth}[/]")];
            long all = Enumerable.Range(0, matrix.Classes).Sum(predicted => matrix[truth, predicted]);
            for (int predicted = 0; predicted < matrix.Classes; predicted++)
                cells.Add(Cell(matrix[truth, predicted], all, truth == predicted));
            table.AddRow(cells);
        }

        AnsiConsole.Write(table);
    }

    /// <summary>The larger a class's share, the brighter its ground: green where it is right, red where it is wrong.</summary>
    internal static Text Cell(long count, long all, bool right)
    {
        if (count == 0)
            return new Text(".", new Style(Color.Grey));

        // Mistakes are rare: the root makes one in a hundred a tenth of what all would be.
        byte share = (byte)(55 + (200 * Math.Sqrt((double)count / all)));
        Color ground = right ? new Color(0, (byte)(share * 0.6), 0) : new Color(share, 0, 0);
        return new Text(Number(count), new Style(Color.White, ground));
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Cell(long number) => Number(number).PadLeft(CellWidth);
}
