using System.Globalization;

namespace Cnn.Rooflines.Benchmarks;

/// <summary>Passes as rows: what their arithmetic and their movement would take at least, and what they take.</summary>
internal static class RooflineTable
{
    public const string Header =
        "| pass | direct sums | as planned | second cache | third cache | memory | limit | ours | of the limit |\n|---|---|---|---|---|---|---|---|---|";

    public static string Of(Roofs roofs) => string.Create(CultureInfo.InvariantCulture,
        $"{2 * roofs.MultiplyAdds:F0} GFLOP/s; {string.Join(", ", Enum.GetValues<Level>().Select(level => Bytes(roofs, level)))} GB/s; milliseconds:");

    public static string Row(Measurement pass, Roofs roofs)
    {
        double arithmetic = pass.Steps.Sum(static step => step.MultiplyAdds) / roofs.MultiplyAdds;
        double limit = pass.LimitNanoseconds(roofs);
        double[] columns =
        [
            pass.DirectMultiplyAdds / roofs.MultiplyAdds, arithmetic, .. Enum.GetValues<Level>().Select(level => pass.Floats(level) / roofs.Floats[level]),
            limit, pass.Nanoseconds,
        ];
        return string.Create(
            CultureInfo.InvariantCulture, $"| {pass.Title} | {string.Join(" | ", columns.Select(Milliseconds))} | {100 * limit / pass.Nanoseconds:F0} % |");
    }

    /// <summary>The steps that take most of the time, each with its limit.</summary>
    public static IEnumerable<string> Steps(Measurement pass, Roofs roofs) => pass.Shares.Where(static pair => pair.Value >= Measurement.LeastShare).Select(pair =>
    {
        double time = pair.Value * pass.Nanoseconds;
        string name = string.Create(CultureInfo.InvariantCulture, $"    {pair.Key,-44} {pair.Value,6:P1} {time / 1e3,10:F1} us");
        if (pass.Steps.FirstOrDefault(step => step.Name == pair.Key) is not { } step)
            return name;
        double limit = step.LimitNanoseconds(roofs);
        string roof = step.MultiplyAdds / roofs.MultiplyAdds >= limit ? "multiply-adds" : "movement";
        return name + string.Create(CultureInfo.InvariantCulture, $", {limit / time,4:P0} of its limit by {roof}");
    });

    private static string Bytes(Roofs roofs, Level level) => (sizeof(float) * roofs.Floats[level]).ToString("F0", CultureInfo.InvariantCulture);

    private static string Milliseconds(double nanoseconds) => (nanoseconds / 1e6).ToString(nanoseconds < 1e6 ? "F3" : "F2", CultureInfo.InvariantCulture);
}
