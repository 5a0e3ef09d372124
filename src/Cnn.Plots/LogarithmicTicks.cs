using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Cnn.Plots;

/// <summary>
/// Ticks of an axis whose places are powers of ten: at whole powers, or, where fewer than two of them are among the numbers, at round numbers
/// between.
/// </summary>
internal static class LogarithmicTicks
{
    private const int Wanted = 5;

    /// <summary>How far an axis reaches beyond its curves, as a part of them, and what it shows of a single point.</summary>
    private const double Margin = 0.1;

    /// <param name="powers">The places of all points.</param>
    public static ITickGenerator Of(IEnumerable<double> powers)
    {
        double[] all = [.. powers];
        (double low, double high) = all.Length == 0 ? (0, 0) : (all.Min(), all.Max());
        double margin = high > low ? Margin * (high - low) : Margin;
        (low, high) = (low - margin, high + margin);
        return Math.Floor(high) - Math.Ceiling(low) >= 1 ? WholePowers() : RoundNumbers(Math.Pow(10, low), Math.Pow(10, high));
    }

    private static NumericAutomatic WholePowers() => new()
    {
        MinorTickGenerator = new LogMinorTickGenerator(),
        LabelFormatter = static power => Text(Math.Pow(10, power)),
        IntegerTicksOnly = true,
    };

    private static NumericManual RoundNumbers(double low, double high)
    {
        // 1, 2 or 5 times a power of ten.
        double least = (high - low) / Wanted;
        double decade = Math.Pow(10, Math.Floor(Math.Log10(least)));
        double step = decade * (least <= decade ? 1 : least <= 2 * decade ? 2 : least <= 5 * decade ? 5 : 10);
        double[] values = [.. Enumerable.Range((int)Math.Ceiling(low / step), Wanted + 1).Select(index => index * step)
            .Where(value => value > 0 && value <= high)];
        return new NumericManual([.. values.Select(Math.Log10)], [.. values.Select(Text)]);
    }

    private static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
