using System.Globalization;
using Cnn.Plots;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Cnn.Convolutions.Benchmarks;

/// <summary>Every convolution as a point: its multiply-adds to the right, how many times as fast ours is upwards, both logarithmic.</summary>
internal static class SweepPicture
{
    private const int Width = 900;
    private const int Height = 560;

    private static readonly double[] Ratios = [0.5, 0.7, 1, 1.5, 2, 3, 5, 10, 20, 50];

    private static readonly double[] MultiplyAdds = [1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10];

    public static void Save(string path, IReadOnlyCollection<Measured> all)
    {
        using Plot plot = new();
        foreach (IGrouping<ConvolutionKind, Measured> group in all.GroupBy(static row => row.Shape.Kind).OrderBy(static group => group.Key))
        {
            ScottPlot.Plottables.Scatter points = plot.Add.ScatterPoints(
                group.Select(static row => Math.Log10(row.MultiplyAdds)).ToArray(), group.Select(static row => Math.Log10(row.Ratio)).ToArray());
            points.MarkerSize = 6;
            points.LegendText = SweepTable.Title(group.Key);
        }

        plot.Add.HorizontalLine(0, 1.5f, Colors.Black);
        plot.Add.HorizontalLine(Math.Log10(SweepTable.Cliff), 1.5f, Colors.Red, LinePattern.Dashed);
        plot.Axes.Left.TickGenerator = Ticks(Ratios, static ratio => ratio.ToString(CultureInfo.InvariantCulture));
        plot.Axes.Bottom.TickGenerator = Ticks(MultiplyAdds, static count => count switch
        {
            >= 1e9 => $"{count / 1e9} G",
            >= 1e6 => $"{count / 1e6} M",
            >= 1e3 => $"{count / 1e3} k",
            _ => $"{count}",
        });
        plot.XLabel("multiply-adds of a run");
        plot.YLabel("speed of ours over that of the faster peer");
        plot.Font.Set(PlotFont.Name);
        plot.ShowLegend(Alignment.UpperRight);
        plot.SavePng(path, Width, Height);
    }

    private static NumericManual Ticks(double[] values, Func<double, string> text) =>
        new([.. values.Select(Math.Log10)], [.. values.Select(text)]);
}
