using SkiaSharp;

namespace Cnn.Plots;

/// <summary>The font of all pictures: a sans serif one that is installed, so that a machine's pictures look alike.</summary>
internal static class PlotFont
{
    private static readonly string[] Wanted = ["DejaVu Sans", "Liberation Sans", "Noto Sans", "Arial", "Helvetica"];

    /// <summary>Without any of those that are wanted, whatever ScottPlot finds.</summary>
    public static string Name { get; } =
        Wanted.FirstOrDefault(SKFontManager.Default.FontFamilies.Contains) ?? ScottPlot.Fonts.Default;
}
