namespace Cnn.Training;

/// <summary>A curve in one line of text.</summary>
public static class Sparkline
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    /// <summary>
    /// One character a value, from the smallest to the largest; if there are more values than room, means of neighbours. On a logarithmic scale where most
    /// of them would otherwise lie in the lowest eighth, as the losses of a long training do.
    /// </summary>
    /// <param name="values">In their order; those that are no finite numbers become blanks.</param>
    /// <param name="width">The most characters, at least 1.</param>
    /// <returns>As many characters as values, or <paramref name="width"/>.</returns>
    public static string Of(IReadOnlyList<double> values, int width)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        int length = Math.Min(width, values.Count);
        double[] heights = [.. Enumerable.Range(0, length).Select(place => Mean(values, place, length))];
        double[] finite = [.. heights.Where(double.IsFinite)];
        if (finite.Length == 0)
            return new string(' ', length);
        if (IsFlat(finite))
        {
            heights = [.. heights.Select(static height => Math.Log(height))];
            finite = [.. finite.Select(static height => Math.Log(height))];
        }

        double least = finite.Min();
        double range = finite.Max() - least;
        return string.Concat(heights.Select(height => Bar(height, least, range)));
    }

    /// <summary>Whether most values, all positive, would be drawn as the lowest bar.</summary>
    private static bool IsFlat(double[] finite)
    {
        double least = finite.Min();
        double lowest = least + ((finite.Max() - least) / Bars.Length);
        return least > 0 && finite.Count(value => value < lowest) > finite.Length / 2;
    }

    private static double Mean(IReadOnlyList<double> values, int place, int length)
    {
        int from = (int)((long)place * values.Count / length);
        int to = (int)(((long)place + 1) * values.Count / length);
        double sum = 0;
        for (int index = from; index < to; index++)
            sum += values[index];
        return sum / (to - from);
    }

    private static char Bar(double height, double least, double range)
    {
        if (!double.IsFinite(height))
            return ' ';
        double part = range > 0 ? (height - least) / range : 0.5;
        return Bars[Math.Min(Bars.Length - 1, (int)(part * Bars.Length))];
    }
}
