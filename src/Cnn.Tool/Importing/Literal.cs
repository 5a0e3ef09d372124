using System.Globalization;

namespace Cnn.Tool.Importing;

/// <summary>Arguments as C# text.</summary>
internal static class Literal
{
    public static string Of(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The shortest number that gives the same float; attributes take doubles and round them once.</summary>
    public static string Of(double value) => value switch
    {
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        _ => ((float)value).ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal),
    };

    public static string Of(bool value) => value ? "true" : "false";

    public static string Of(IEnumerable<int> values) => $"[{string.Join(", ", values.Select(Of))}]";

    public static string Of(IEnumerable<double> values) => $"[{string.Join(", ", values.Select(Of))}]";
}
