using System.Globalization;
using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

/// <summary>An argument as those see it that read a network's structure at run time: everything resolved, so that they know no defaults.</summary>
/// <param name="Name">As in LayerSummary.Arguments.</param>
/// <param name="Text">One value, or several with commas between them; flags are 0 or 1.</param>
public sealed record ResolvedArgument(string Name, string Text)
{
    public static ResolvedArgument Of(string name, bool value) => new(name, value ? "1" : "0");

    public static ResolvedArgument Of(string name, int value) => new(name, TextOf(value));

    public static ResolvedArgument Of(string name, float value) => new(name, TextOf(value));

    public static ResolvedArgument Of(string name, EquatableArray<int> values) => new(name, string.Join(",", values.Select(TextOf)));

    public static ResolvedArgument Of(string name, EquatableArray<float> values) => new(name, string.Join(",", values.Select(TextOf)));

    /// <summary>Kernel, stride, padding and dilation.</summary>
    public static IEnumerable<ResolvedArgument> Of(WindowShape window) =>
    [
        Of("kernel", window.Kernel),
        Of("stride", window.Stride),
        Padding(window),
        Of("dilation", window.Dilation),
    ];

    /// <summary>All begins, then all ends.</summary>
    public static ResolvedArgument Padding(WindowShape window) => Of("padding", [.. window.PaddingBegin, .. window.PaddingEnd]);

    private static string TextOf(int value) => value.ToString(CultureInfo.InvariantCulture);

    // Nine digits give a float back exactly; an infinity is spelled as double.Parse reads it in the invariant culture.
    private static string TextOf(float value) => value.ToString("G9", CultureInfo.InvariantCulture);
}
