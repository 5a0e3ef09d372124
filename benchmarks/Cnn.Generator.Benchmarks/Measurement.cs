using System.Globalization;

namespace Cnn.Generator.Benchmarks;

/// <summary>Times of one thing, in milliseconds.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Milliseconds">How long it took, time by time.</param>
internal sealed record Measurement(string Name, IReadOnlyList<double> Milliseconds)
{
    public static void Print(IEnumerable<Measurement> measurements)
    {
        Console.WriteLine($"{"",-42}{"median",10}{"least",10}{"times",8}");
        foreach (Measurement measurement in measurements)
        {
            double[] sorted = [.. measurement.Milliseconds.Order()];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{measurement.Name,-42}{sorted[sorted.Length / 2],10:F2}{sorted[0],10:F2}{sorted.Length,8}"));
        }
    }
}
