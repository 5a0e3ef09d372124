using System.Globalization;
using Cnn.Plots;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Cnn.Rooflines.Benchmarks;

/// <summary>Every step as a point: multiply-adds for each byte to the right, GFLOP/s upwards, both logarithmic, below the roofs of the machine.</summary>
internal static class RooflinePicture
{
    private const int Width = 900;
    private const int Height = 560;

    private static readonly double[] Rates = [2, 5, 10, 20, 50, 100, 200, 500];

    private static readonly double[] Intensities = [0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300];

    public static void Save(string path, IReadOnlyCollection<Measurement> passes, Roofs roofs)
    {
        using Plot plot = new();
        plot.Add.Palette = new ScottPlot.Palettes.Category20();
        foreach (Measurement pass in passes)
        {
            StepWork[] shown = [.. pass.Steps.Where(step => step.MultiplyAdds > 0 && pass.Shares.GetValueOrDefault(step.Name) >= Measurement.LeastShare)];
            (double Intensity, double Rate)[] steps = [.. shown.Select(step =>
                (step.MultiplyAdds / (sizeof(float) * step.Floats.Values.Sum()), 2 * step.MultiplyAdds / (pass.Shares[step.Name] * pass.Nanoseconds)))];
            ScottPlot.Plottables.Scatter points = plot.Add.ScatterPoints(
                [.. steps.Select(static step => Math.Log10(step.Intensity))], steps.Select(static step => Math.Log10(step.Rate)).ToArray());
            points.MarkerSize = 6;
            points.LegendText = pass.Title;
        }

        foreach (Level level in Enum.GetValues<Level>())
            AddRoof(plot, roofs, level);
        plot.Axes.Left.TickGenerator = Ticks(Rates);
        plot.Axes.Bottom.TickGenerator = Ticks(Intensities);
        plot.Axes.SetLimits(Math.Log10(Intensities[0]), Math.Log10(Intensities[^1]), Math.Log10(Rates[0]), Math.Log10(4 * roofs.MultiplyAdds));
        plot.XLabel("multiply-adds for each byte that is read or written");
        plot.YLabel("GFLOP/s");
        plot.Font.Set(PlotFont.Name);
        plot.ShowLegend(Alignment.LowerRight);
        plot.SavePng(path, Width, Height);
    }

    /// <summary>What a level's bytes allow, up to what the multiply-adds do.</summary>
    private static void AddRoof(Plot plot, Roofs roofs, Level level)
    {
        double bytes = sizeof(float) * roofs.Floats[level];
        double ridge = roofs.MultiplyAdds / bytes;
        double[] intensities = [Intensities[0], ridge, Intensities[^1]];
        double[] rates = [.. intensities.Select(intensity => 2 * Math.Min(intensity * bytes, roofs.MultiplyAdds))];
        ScottPlot.Plottables.Scatter roof =
            plot.Add.ScatterLine([.. intensities.Select(Math.Log10)], rates.Select(Math.Log10).ToArray(), Colors.Black);
        roof.LineWidth = 1 + (int)level;
        roof.LegendText = level switch
        {
            Level.SecondCache => "second-level cache",
            Level.ThirdCache => "third-level cache",
            _ => "memory",
        };
    }

    private static NumericManual Ticks(double[] values) =>
        new([.. values.Select(Math.Log10)], [.. values.Select(static value => value.ToString(CultureInfo.InvariantCulture))]);
}
