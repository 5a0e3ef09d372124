using System.Globalization;

namespace Cnn.Generator.Shapes;

/// <summary>Numbers as messages show them, whatever the machine's culture.</summary>
internal static class Numbers
{
    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>With commas between the thousands.</summary>
    public static string Grouped(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>One number an axis, as <c>28x28</c>.</summary>
    public static string Axes(IEnumerable<long> lengths) => string.Join("x", lengths.Select(Text));

    public static string Axes(IEnumerable<int> lengths) => Axes(lengths.Select(static length => (long)length));
}
