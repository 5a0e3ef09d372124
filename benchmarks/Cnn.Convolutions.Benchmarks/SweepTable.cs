using System.Globalization;

namespace Cnn.Convolutions.Benchmarks;

/// <summary>What a sweep showed, as text.</summary>
internal static class SweepTable
{
    /// <summary>A convolution that is slower than this part of the faster peer's speed has fallen off a cliff.</summary>
    public const double Cliff = 0.7;

    /// <summary>One line a measurement: the columns of <see cref="Header"/>.</summary>
    public static string Row(Measured measured) => string.Create(CultureInfo.InvariantCulture,
        $"{measured.Number,6} | {measured.Batch,5} | {measured.Shape,-75} | {measured.MultiplyAdds / 1e6,8:F2} | {measured.Rate(measured.Ours),6:F1} | "
        + $"{measured.Rate(measured.OneDnn),6:F1} | {measured.Rate(measured.Onnx),6:F1} | {measured.Ratio,5:F2}");

    public static string Header { get; } =
        $"number | batch | {"convolution",-75} | {"MMAC",8} |   ours | oneDNN |   ONNX | ratio";

    /// <summary>A row of Markdown for each kind, and one for all.</summary>
    public static IEnumerable<string> Summary(IReadOnlyCollection<Measured> all)
    {
        yield return $"| kind | batch | convolutions | geometric mean | slowest | below 1 | below {Number(Cliff)} |";
        yield return "|---|---|---|---|---|---|---|";
        foreach (IGrouping<(ConvolutionKind Kind, int Batch), Measured> group in all.GroupBy(static row => (row.Shape.Kind, row.Batch))
            .OrderBy(static group => group.Key.Kind).ThenBy(static group => group.Key.Batch))
        {
            yield return Line(Title(group.Key.Kind), Number(group.Key.Batch), [.. group]);
        }

        yield return Line("all", "", all);
    }

    public static string Title(ConvolutionKind kind) => kind switch
    {
        ConvolutionKind.Depthwise => "depthwise",
        ConvolutionKind.Grouped => "groups",
        ConvolutionKind.Dilated => "dilated",
        ConvolutionKind.Pointwise => "1x1",
        ConvolutionKind.Strided => "strided",
        ConvolutionKind.ThreeByThree => "3x3",
        _ => "2x2, 4x4 to 7x7",
    };

    private static string Line(string title, string batch, IReadOnlyCollection<Measured> rows) => string.Create(CultureInfo.InvariantCulture,
        $"| {title} | {batch} | {rows.Count} | {Math.Exp(rows.Average(static row => Math.Log(row.Ratio))):F2} | {rows.Min(static row => row.Ratio):F2} | "
        + $"{rows.Count(static row => row.Ratio < 1)} | {rows.Count(static row => row.Ratio < Cliff)} |");

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
